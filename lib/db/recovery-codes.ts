// Codes for who has lost the authenticator, by their hashes. Each works once.
import { and, count, eq, isNull, notInArray } from 'drizzle-orm'
import { insertAskedBy } from './asked-by'
import type { Db, Queries, Statement } from './client'
import { read, write } from './steady'

/** As part of a larger write: they take the place of those before, used or not. */
export const recoveryCodesSet = (
  tx: Queries,
  t: Db['t'],
  userId: string,
  hashes: readonly string[],
  at: number,
): Statement[] => [
  recoveryCodesRemoved(tx, t, userId),
  tx.insert(t.recoveryCodes).values(hashes.map((codeHash) => ({ userId, codeHash, createdAt: at }))),
]

/** As part of a larger write. */
export const recoveryCodesRemoved = (tx: Queries, t: Db['t'], userId: string) =>
  tx.delete(t.recoveryCodes).where(eq(t.recoveryCodes.userId, userId))

/**
 * Those before are void.
 * @param by the session that asks for it
 * @throws AppError `unauthenticated` when the session is over by now; then nothing changes
 */
export const replaceRecoveryCodes = async (
  db: Db,
  userId: string,
  by: string,
  hashes: readonly string[],
  at: number,
): Promise<void> => {
  const { recoveryCodes } = db.t
  await insertAskedBy(
    db,
    userId,
    by,
    (tx, owner) =>
      tx.insert(recoveryCodes).values(hashes.map((codeHash) => ({ userId: owner, codeHash, createdAt: at }))),
    (tx) => [
      tx
        .delete(recoveryCodes)
        .where(and(eq(recoveryCodes.userId, userId), notInArray(recoveryCodes.codeHash, [...hashes]))),
    ],
  )
}

/** @returns whether this call used it up; false for one that was used before, or never was */
export const spendRecoveryCode = async (
  { q, t }: Db,
  userId: string,
  codeHash: string,
  at: number,
): Promise<boolean> => {
  const rows = await write(() =>
    q
      .update(t.recoveryCodes)
      .set({ usedAt: at })
      .where(
        and(eq(t.recoveryCodes.userId, userId), eq(t.recoveryCodes.codeHash, codeHash), isNull(t.recoveryCodes.usedAt)),
      )
      .returning({ userId: t.recoveryCodes.userId }),
  )
  return rows.length === 1
}

/** How many are left. */
export const countRecoveryCodes = async ({ q, t }: Db, userId: string): Promise<number> => {
  const [row] = await read(() =>
    q
      .select({ left: count() })
      .from(t.recoveryCodes)
      .where(and(eq(t.recoveryCodes.userId, userId), isNull(t.recoveryCodes.usedAt))),
  )
  return row?.left ?? 0
}
