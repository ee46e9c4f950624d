// The authenticator app of a user, one at most. A code counts once, whoever asks on whichever instance.
import { and, asc, eq, gt, isNotNull, lt, sql } from 'drizzle-orm'
import type { Db, Queries } from './client'
import { read, write } from './steady'

export type Totp = Db['t']['totp']['$inferSelect']

/** `null` for a user who has none that was confirmed. */
export const findTotp = async ({ q, t }: Db, userId: string): Promise<Totp | null> => {
  const [row] = await read(() =>
    q
      .select()
      .from(t.totp)
      .where(and(eq(t.totp.userId, userId), isNotNull(t.totp.confirmedAt))),
  )
  return row ?? null
}

/** Whether a user has one that was confirmed: then no other factor is enough by itself. */
export const hasTotp = async (db: Db, userId: string): Promise<boolean> => (await findTotp(db, userId)) !== null

/**
 * Uses up a step and every one before it.
 * @returns false when it, or a later one, was used before
 */
export const spendTotpStep = async ({ q, t }: Db, userId: string, step: number): Promise<boolean> => {
  const rows = await write(() =>
    q
      .update(t.totp)
      .set({ lastStep: step, failures: 0 })
      .where(and(eq(t.totp.userId, userId), lt(t.totp.lastStep, step)))
      .returning({ userId: t.totp.userId }),
  )
  return rows.length === 1
}

/** @returns how many wrong codes in a row it is now */
export const noteTotpFailure = async ({ q, t }: Db, userId: string): Promise<number> => {
  const [row] = await write(() =>
    q
      .update(t.totp)
      .set({ failures: sql`${t.totp.failures} + 1` })
      .where(eq(t.totp.userId, userId))
      .returning({ failures: t.totp.failures }),
  )
  return row?.failures ?? 0
}

/** Of who proved by another way that the account is theirs. */
export const forgetTotpFailures = async ({ q, t }: Db, userId: string): Promise<void> => {
  await write(() => q.update(t.totp).set({ failures: 0 }).where(eq(t.totp.userId, userId)))
}

/** Page by page, in the order of users. */
export const listTotpSeals = ({ q, t }: Db, after: string, most: number) =>
  read(() =>
    q
      .select({ userId: t.totp.userId, sealedSecret: t.totp.sealedSecret })
      .from(t.totp)
      .where(gt(t.totp.userId, after))
      .orderBy(asc(t.totp.userId))
      .limit(most),
  )

/** @returns false when the app was changed since the former seal was read */
export const replaceTotpSeal = async ({ q, t }: Db, userId: string, former: string, seal: string): Promise<boolean> => {
  const rows = await write(() =>
    q
      .update(t.totp)
      .set({ sealedSecret: seal })
      .where(and(eq(t.totp.userId, userId), eq(t.totp.sealedSecret, former)))
      .returning({ userId: t.totp.userId }),
  )
  return rows.length === 1
}

/** As part of a larger write: in the place of the one before. */
export const totpSet = (tx: Queries, t: Db['t'], totp: Totp) => {
  const { userId: _userId, ...fresh } = totp
  return tx.insert(t.totp).values(totp).onConflictDoUpdate({ target: t.totp.userId, set: fresh })
}

/** As part of a larger write. */
export const totpRemoved = (tx: Queries, t: Db['t'], userId: string) =>
  tx.delete(t.totp).where(eq(t.totp.userId, userId))
