// Accounts that their owners have deleted: for seven days they can be brought back, then nothing of them is left.
import { and, eq, gt, inArray, lte } from 'drizzle-orm'
import type { Db, Queries, Statement } from './client'
import { read, write } from './steady'
import { isUniqueViolation } from './trouble'

export type Departure = Db['t']['departures']['$inferSelect']

/** What an account is called while it waits: its address is free for others. */
const placeholder = (userId: string) => `deleted-${userId}@deleted.invalid`

/** As part of a larger write. */
export const accountDeparted = (tx: Queries, t: Db['t'], departure: Departure): Statement[] => [
  tx
    .update(t.users)
    .set({ email: placeholder(departure.userId), disabledAt: departure.createdAt })
    .where(eq(t.users.id, departure.userId)),
  tx.insert(t.departures).values(departure),
  tx
    .update(t.personalTokens)
    .set({ revokedAt: departure.createdAt })
    .where(eq(t.personalTokens.userId, departure.userId)),
  tx.delete(t.mailedTokens).where(eq(t.mailedTokens.userId, departure.userId)),
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

/** @returns `taken` where the address has another account by now, `gone` where somebody else was faster */
export const restoreAccount = async (
  { q, t }: Db,
  { userId, email }: Departure,
): Promise<'restored' | 'taken' | 'gone'> => {
  try {
    const rows = await write(() =>
      q
        .update(t.users)
        .set({ email, disabledAt: null })
        .where(and(eq(t.users.id, userId), eq(t.users.email, placeholder(userId))))
        .returning({ id: t.users.id }),
    )
    if (rows.length === 0) return 'gone'
  } catch (error) {
    if (isUniqueViolation(error)) return 'taken'
    throw error
  }
  await write(() => q.delete(t.departures).where(eq(t.departures.userId, userId)))
  return 'restored'
}

/** Deletes at most `most` accounts whose time is over, and takes from their events what tells of people. @returns how many */
export const deleteDeparted = async ({ q, t, batch }: Db, now: number, most: number): Promise<number> => {
  const due = await read(() =>
    q
      .select({ userId: t.departures.userId })
      .from(t.departures)
      .innerJoin(t.users, eq(t.users.id, t.departures.userId))
      .where(lte(t.departures.deleteAt, now))
      .limit(most),
  )
  const ids = due.map(({ userId }) => userId)
  if (ids.length === 0) return 0
  await write(() =>
    batch((tx) => [
      tx.update(t.auditEvents).set({ ip: '', userAgent: '', detail: null }).where(inArray(t.auditEvents.userId, ids)),
      tx.delete(t.users).where(inArray(t.users.id, ids)),
    ]),
  )
  return ids.length
}
