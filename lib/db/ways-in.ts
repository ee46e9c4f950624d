// How many ways in a user has, of each kind.
import { count, eq } from 'drizzle-orm'
import type { WaysIn } from '../core/ways-in'
import type { Db } from './client'
import { read } from './steady'
import { findPasswordHash } from './users'

export const countWaysIn = async (db: Db, userId: string): Promise<WaysIn> => {
  const { q, t } = db
  const [passkeys] = await read(() =>
    q.select({ count: count() }).from(t.passkeys).where(eq(t.passkeys.userId, userId)),
  )
  const [connected] = await read(() =>
    q.select({ count: count() }).from(t.connectedAccounts).where(eq(t.connectedAccounts.userId, userId)),
  )
  const password = (await findPasswordHash(db, userId)) !== null
  return { password, passkeys: passkeys?.count ?? 0, connected: connected?.count ?? 0 }
}
