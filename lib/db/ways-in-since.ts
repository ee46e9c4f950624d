// What was added to an account since a moment from which its owner may not have been the one who added it.
import { and, eq, gt, isNull } from 'drizzle-orm'
import type { Db, Queries, Statement } from './client'

/**
 * As part of a larger write: takes away what would still let in whoever added it, a password that was set since among it.
 * A second factor stays, since it lets in nobody by itself.
 * @param since, at milliseconds
 */
export const addedSinceRemoved = (
  tx: Queries,
  t: Db['t'],
  userId: string,
  { since, at }: { since: number; at: number },
): Statement[] => {
  const { credentials, passkeys, connectedAccounts, devices, personalTokens } = t
  return [
    tx.delete(credentials).where(and(eq(credentials.userId, userId), gt(credentials.changedAt, since))),
    tx.delete(passkeys).where(and(eq(passkeys.userId, userId), gt(passkeys.createdAt, since))),
    tx
      .delete(connectedAccounts)
      .where(and(eq(connectedAccounts.userId, userId), gt(connectedAccounts.createdAt, since))),
    tx.delete(devices).where(and(eq(devices.userId, userId), gt(devices.createdAt, since))),
    tx
      .update(personalTokens)
      .set({ revokedAt: at })
      .where(
        and(eq(personalTokens.userId, userId), gt(personalTokens.createdAt, since), isNull(personalTokens.revokedAt)),
      ),
  ]
}
