// Accounts that their owners have deleted: for seven days they can be brought back, then nothing of them is left.
import { and, eq, gt, inArray, isNotNull, lte, ne, notInArray, sql } from 'drizzle-orm'
import type { Db, Queries, Statement } from './client'
import { read, write } from './steady'
import { isLostRace, isUniqueViolation } from './trouble'
import type { User } from './users'

export type Departure = Db['t']['departures']['$inferSelect']

/** What an account is called while it waits: its address is free for others. */
const placeholder = (userId: string) => `deleted-${userId}@deleted.invalid`

export const hasDeparted = ({ id, email }: Pick<User, 'id' | 'email'>): boolean => email === placeholder(id)

/** As part of a larger write. The ways back of a changed address stay: whoever changed it may be the one who deletes. */
export const accountDeparted = (tx: Queries, t: Db['t'], departure: Departure): Statement[] => [
  tx
    .update(t.users)
    .set({ email: placeholder(departure.userId), disabledAt: departure.createdAt })
    .where(eq(t.users.id, departure.userId)),
  tx.insert(t.departures).values(departure).onConflictDoUpdate({ target: t.departures.userId, set: departure }),
  tx
    .update(t.personalTokens)
    .set({ revokedAt: departure.createdAt })
    .where(eq(t.personalTokens.userId, departure.userId)),
  tx
    .delete(t.mailedTokens)
    .where(and(eq(t.mailedTokens.userId, departure.userId), ne(t.mailedTokens.purpose, 'undo_email'))),
]

/** One that can still be undone. */
export const findDeparture = async ({ q, t }: Db, tokenHash: string, now: number): Promise<Departure | null> => {
  const [row] = await read(() =>
    q
      .select()
      .from(t.departures)
      .where(and(eq(t.departures.tokenHash, tokenHash), gt(t.departures.deleteAt, now))),
  )
  return row ?? null
}

/** As part of a larger write: the account lives again at this address. */
export const accountReturned = (tx: Queries, t: Db['t'], userId: string, email: string): Statement[] => [
  tx.update(t.users).set({ email, disabledAt: null }).where(eq(t.users.id, userId)),
  tx.delete(t.departures).where(eq(t.departures.userId, userId)),
]

/** @returns `taken` where the address has another account by now, `gone` where somebody else was faster */
export const restoreAccount = async (
  { batch, t }: Db,
  { userId, tokenHash }: Departure,
): Promise<'restored' | 'taken' | 'gone'> => {
  const { users, departures } = t
  // Null where it is gone, which no row takes: the write fails whole.
  const former = sql<string>`(select "email" from ${departures} where "user_id" = ${userId} and "token_hash" = ${tokenHash})`
  try {
    await write(() =>
      batch((tx) => [
        // First, for its lock: of several the others wait here, and then find it gone.
        tx
          .update(users)
          .set({ epoch: sql`${users.epoch}` })
          .where(eq(users.id, userId)),
        ...accountReturned(tx, t, userId, former as never),
      ]),
    )
    return 'restored'
  } catch (error) {
    if (isUniqueViolation(error)) return 'taken'
    if (isLostRace(error)) return 'gone'
    throw error
  }
}

/** Deletes at most `most` accounts whose time is over, and takes from their events what tells of people. @returns how many */
export const deleteDeparted = async ({ q, t, batch }: Db, now: number, most: number): Promise<number> => {
  const due = await read(() =>
    q
      .select({ userId: t.departures.userId })
      .from(t.departures)
      .innerJoin(t.users, eq(t.users.id, t.departures.userId))
      .where(and(lte(t.departures.deleteAt, now), isNotNull(t.users.disabledAt)))
      .limit(most),
  )
  const ids = due.map(({ userId }) => userId)
  if (ids.length === 0) return 0
  await write(() =>
    batch((tx) => [
      // Who came back meanwhile stays.
      tx.delete(t.users).where(and(inArray(t.users.id, ids), isNotNull(t.users.disabledAt))),
      tx
        .update(t.auditEvents)
        .set({ ip: '', userAgent: '', detail: null })
        .where(
          and(
            inArray(t.auditEvents.userId, ids),
            notInArray(t.auditEvents.userId, tx.select({ id: t.users.id }).from(t.users)),
          ),
        ),
    ]),
  )
  return ids.length
}
