// The authenticator app of a user, one at most.
import { and, eq, isNotNull } from 'drizzle-orm'
import type { Db } from './client'
import { read } from './steady'

/** Whether a user has one that was confirmed: then no other factor is enough by itself. */
export const hasTotp = async ({ q, t }: Db, userId: string): Promise<boolean> => {
  const [row] = await read(() =>
    q
      .select({ userId: t.totp.userId })
      .from(t.totp)
      .where(and(eq(t.totp.userId, userId), isNotNull(t.totp.confirmedAt))),
  )
  return row !== undefined
}
