// Accounts at other providers by which users sign in. One of theirs is one of ours.
import { and, asc, eq } from 'drizzle-orm'
import { insertAskedBy } from './asked-by'
import type { Db, Queries } from './client'
import { note, read } from './steady'
import type { User } from './users'

export type ConnectedAccount = Db['t']['connectedAccounts']['$inferSelect']

export const findConnected = async (
  { q, t }: Db,
  provider: string,
  subject: string,
): Promise<{ account: ConnectedAccount; user: User } | null> => {
  const [row] = await read(() =>
    q
      .select({ account: t.connectedAccounts, user: t.users })
      .from(t.connectedAccounts)
      .innerJoin(t.users, eq(t.users.id, t.connectedAccounts.userId))
      .where(and(eq(t.connectedAccounts.provider, provider), eq(t.connectedAccounts.subject, subject))),
  )
  return row ?? null
}

export const listConnected = ({ q, t }: Db, userId: string): Promise<ConnectedAccount[]> =>
  read(() =>
    q
      .select()
      .from(t.connectedAccounts)
      .where(eq(t.connectedAccounts.userId, userId))
      .orderBy(asc(t.connectedAccounts.createdAt)),
  )

/** @returns false where that account is somebody's, or the user has one of that provider @throws as insertAskedBy() */
export const connectAccount = (db: Db, account: ConnectedAccount, by?: string): Promise<boolean> =>
  insertAskedBy(db, account.userId, by, (tx, userId) =>
    tx.insert(db.t.connectedAccounts).values({ ...account, userId }),
  )

/** As part of a larger write. */
export const accountDisconnected = (tx: Queries, t: Db['t'], userId: string, provider: string) =>
  tx
    .delete(t.connectedAccounts)
    .where(and(eq(t.connectedAccounts.userId, userId), eq(t.connectedAccounts.provider, provider)))

export const noteConnectedUse = async (db: Db, { provider, subject }: ConnectedAccount, at: number): Promise<void> => {
  const { q, t } = db
  await note(db, () =>
    q
      .update(t.connectedAccounts)
      .set({ lastUsedAt: at })
      .where(and(eq(t.connectedAccounts.provider, provider), eq(t.connectedAccounts.subject, subject))),
  )
}
