// Epochs: one write ends all of a user's sessions, however many there are, and may keep one.
import { and, eq, lt, sql } from 'drizzle-orm'
import type { EndReason } from '../core/verdict'
import type { Db, Queries, Statement } from './client'
import { deleteSome } from './old-rows'
import { revocationNoted } from './revocations'
import { sessionLocked, userOfLiving } from './sessions'
import { read, write } from './steady'
import { isLostRace, isUniqueViolation } from './trouble'

export type EpochChange = {
  userId: string
  /** The epoch that ends, as it was read. */
  from: number
  /** Milliseconds. */
  at: number
  reason: EndReason
  /** The session that goes on into the new epoch. */
  keep: string | null
  /** The session that asks for it: when that is over by then, nothing changes. `null` for an operator. */
  by: string | null
}

/**
 * Ends every session of the epoch `from`, all or nothing.
 * @param more statements that belong to the same write
 * @returns false when somebody else was faster: read again and decide again
 */
export const raiseEpoch = async (
  { batch, t }: Db,
  { userId, from, at, reason, keep, by }: EpochChange,
  more: (tx: Queries, t: Db['t']) => Statement[] = () => [],
): Promise<boolean> => {
  const epoch = from + 1
  try {
    await write(() =>
      batch((tx) => [
        ...(by === null ? [] : [sessionLocked(tx, t, by)]),
        // Its key is what only one of two racers can take.
        tx.insert(t.userEpochs).values({ userId: by === null ? userId : userOfLiving(by, from, t), epoch, at, reason }),
        tx.update(t.users).set({ epoch }).where(eq(t.users.id, userId)),
        ...(keep === null ? [] : [tx.update(t.sessions).set({ epoch }).where(eq(t.sessions.id, keep))]),
        revocationNoted(tx, t),
        ...more(tx, t),
      ]),
    )
    return true
  } catch (error) {
    if (isLostRace(error)) return false
    throw error
  }
}

/** Races against a whole table are rare, and each is lost to somebody who made progress. */
const turns = 10

/**
 * Ends every session of everybody in one write, and refuses every token issued until now. For a stolen key or a restored
 * backup.
 * @param at milliseconds
 */
export const raiseAllEpochs = async ({ batch, t }: Db, at: number, reason: EndReason): Promise<void> => {
  const raised = { epoch: sql`${t.users.epoch} + 1` }
  const raise = () =>
    batch((tx) => [
      tx.insert(t.userEpochs).select(
        tx
          .select({
            userId: t.users.id,
            epoch: sql<number>`${t.users.epoch} + 1`.as('epoch'),
            at: sql<number>`${at}`.as('at'),
            reason: sql<string>`${reason}`.as('reason'),
          })
          .from(t.users),
      ),
      tx.update(t.users).set(raised),
      revocationNoted(tx, t),
      tx.update(t.revocationState).set({ notBefore: at }),
    ])
  for (let turn = 1; ; turn++) {
    try {
      return await write(raise)
    } catch (error) {
      // Somebody raised one of them at the same time: the next turn reads what they wrote.
      if (!isUniqueViolation(error) || turn === turns) throw error
    }
  }
}

/** Deletes at most `most` of those that no session row can still ask for. @returns how many */
export const deleteOldEpochs = (db: Db, before: number, most: number): Promise<number> => {
  const { userEpochs } = db.t
  return deleteSome(db, userEpochs, [userEpochs.userId, userEpochs.epoch], lt(userEpochs.at, before), most)
}

/** Why and when the sessions of an epoch ended; `null` while it lasts. */
export const findEpochEnd = async (
  { q, t }: Db,
  userId: string,
  epoch: number,
): Promise<{ at: number; reason: EndReason } | null> => {
  const [row] = await read(() =>
    q
      .select({ at: t.userEpochs.at, reason: sql<EndReason>`${t.userEpochs.reason}` })
      .from(t.userEpochs)
      .where(and(eq(t.userEpochs.userId, userId), eq(t.userEpochs.epoch, epoch + 1))),
  )
  return row ?? null
}
