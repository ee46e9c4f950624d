// Personal access tokens: secrets of scripts, kept by their hashes only.
import { and, count, desc, eq, gt, isNull, lt, or } from 'drizzle-orm'
import { insertAskedBy } from './asked-by'
import type { Db } from './client'
import { deleteSome } from './old-rows'
import { noteRevocation } from './revocations'
import { read, write } from './steady'
import type { User } from './users'

export type PersonalToken = Db['t']['personalTokens']['$inferSelect']

/** @returns false when its id or its hash is there already @throws as insertAskedBy() */
export const insertPersonalToken = (db: Db, token: PersonalToken, by?: string): Promise<boolean> =>
  insertAskedBy(db, token.userId, by, (tx, userId) => tx.insert(db.t.personalTokens).values({ ...token, userId }))

/** The token and its user, whether or not it still counts. */
export const findPersonalToken = async (
  { q, t }: Db,
  by: { id: string } | { tokenHash: string },
): Promise<{ token: PersonalToken; user: User } | null> => {
  const named = 'id' in by ? eq(t.personalTokens.id, by.id) : eq(t.personalTokens.tokenHash, by.tokenHash)
  const [row] = await read(() =>
    q
      .select({ token: t.personalTokens, user: t.users })
      .from(t.personalTokens)
      .innerJoin(t.users, eq(t.users.id, t.personalTokens.userId))
      .where(named),
  )
  return row ?? null
}

/** A user's tokens that were not revoked, the newest first; expired ones until they are swept away. */
export const listPersonalTokens = ({ q, t }: Db, userId: string, most: number): Promise<PersonalToken[]> =>
  read(() =>
    q
      .select()
      .from(t.personalTokens)
      .where(and(eq(t.personalTokens.userId, userId), isNull(t.personalTokens.revokedAt)))
      .orderBy(desc(t.personalTokens.createdAt), desc(t.personalTokens.id))
      .limit(most),
  )

export const countLivePersonalTokens = async ({ q, t }: Db, userId: string, now: number): Promise<number> => {
  const [row] = await read(() =>
    q
      .select({ live: count() })
      .from(t.personalTokens)
      .where(
        and(
          eq(t.personalTokens.userId, userId),
          isNull(t.personalTokens.revokedAt),
          gt(t.personalTokens.expiresAt, now),
        ),
      ),
  )
  return row?.live ?? 0
}

/** Never back: of two uses at once the later one stays. */
export const notePersonalTokenUse = async ({ q, t }: Db, id: string, at: number): Promise<void> => {
  const earlier = or(isNull(t.personalTokens.lastUsedAt), lt(t.personalTokens.lastUsedAt, at))
  await write(() =>
    q
      .update(t.personalTokens)
      .set({ lastUsedAt: at })
      .where(and(eq(t.personalTokens.id, id), earlier)),
  )
}

/** @returns whether this call revoked it; false when it was revoked before, or is not the user's */
export const revokePersonalToken = async (db: Db, id: string, userId: string, at: number): Promise<boolean> => {
  const { q, t } = db
  const rows = await write(() =>
    q
      .update(t.personalTokens)
      .set({ revokedAt: at })
      .where(and(eq(t.personalTokens.id, id), eq(t.personalTokens.userId, userId), isNull(t.personalTokens.revokedAt)))
      .returning({ id: t.personalTokens.id }),
  )
  if (rows.length === 1) await noteRevocation(db)
  return rows.length === 1
}

/** Takes back one that nobody has seen yet. */
export const deletePersonalToken = async ({ q, t }: Db, id: string): Promise<void> => {
  await write(() => q.delete(t.personalTokens).where(eq(t.personalTokens.id, id)))
}

/** Deletes at most `most` that expired or were revoked before `before`. @returns how many */
export const deleteOldPersonalTokens = (db: Db, before: number, most: number): Promise<number> => {
  const { personalTokens } = db.t
  const over = or(lt(personalTokens.expiresAt, before), lt(personalTokens.revokedAt, before))
  return deleteSome(db, personalTokens, [personalTokens.id], over, most)
}
