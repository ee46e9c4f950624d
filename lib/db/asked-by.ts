// Writes that a session asks for and that must not come after its end, such as a new way in: the check before them and they
// themselves are a moment apart.
import { eq, sql } from 'drizzle-orm'
import { AppError } from '../core/errors'
import type { Db, Queries, Statement } from './client'
import { write } from './steady'
import { isUniqueViolation, troubleOf } from './trouble'

/** The user of a session that lives. Of any other it is null, which no row takes: the write fails whole. */
export const ownerOf = (sid: string, t: Db['t']) =>
  sql<string>`(select u."id" from ${t.sessions} s join ${t.users} u on u."id" = s."user_id" and u."epoch" = s."epoch"
    where s."id" = ${sid} and s."ended_at" is null and u."disabled_at" is null)`

/**
 * @param by the session that asks; without one it is nobody's wish but the program's
 * @param build is given the user id to write: a value only while the session lives
 * @param more statements that belong to the same write
 * @returns false when such a row is there already
 * @throws AppError `unauthenticated` when the session is over by now
 */
export const insertAskedBy = async (
  { batch, t }: Db,
  userId: string,
  by: string | undefined,
  build: (tx: Queries, owner: string) => Statement,
  more: (tx: Queries) => Statement[] = () => [],
): Promise<boolean> => {
  // First, for its lock: whoever ends the user's sessions changes that row too.
  const locked = (tx: Queries) =>
    tx
      .update(t.users)
      .set({ epoch: sql`${t.users.epoch}` })
      .where(eq(t.users.id, userId))
  const owner = by === undefined ? userId : (ownerOf(by, t) as never)
  try {
    await write(() => batch((tx) => [...(by === undefined ? [] : [locked(tx)]), build(tx, owner), ...more(tx)]))
    return true
  } catch (error) {
    if (isUniqueViolation(error)) return false
    if (by !== undefined && troubleOf(error) === 'absent') throw new AppError('unauthenticated')
    throw error
  }
}
