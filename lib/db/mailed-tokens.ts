// Codes and links on their way by mail. One live row per purpose, address and account; used once, by deleting it.
import { and, eq, gt, inArray, lte, sql } from 'drizzle-orm'
import type { Db, Queries } from './client'
import { deleteSome } from './old-rows'
import { read, write } from './steady'

export type MailedToken = Db['t']['mailedTokens']['$inferSelect']

/** Puts a token in the place of the older one of its purpose and address, which is void from then on. */
export const storeMailedToken = async ({ q, t }: Db, token: MailedToken): Promise<void> => {
  const { purpose: _purpose, email: _email, userId: _userId, ...fresh } = token
  await write(() =>
    q
      .insert(t.mailedTokens)
      .values(token)
      .onConflictDoUpdate({
        target: [t.mailedTokens.purpose, t.mailedTokens.email, t.mailedTokens.userId],
        set: fresh,
      }),
  )
}

type Proof = { tokenHash: string } | { email: string; codeHash: string }

/** The live token that the proof opens. It is used up by whoever makes the user with it. */
export const findMailedToken = async (
  { q, t }: Db,
  purpose: MailedToken['purpose'],
  proof: Proof,
  now: number,
): Promise<MailedToken | null> => {
  const opens =
    'tokenHash' in proof
      ? eq(t.mailedTokens.tokenHash, proof.tokenHash)
      : and(eq(t.mailedTokens.email, proof.email), eq(t.mailedTokens.codeHash, proof.codeHash))
  const [row] = await read(() =>
    q
      .select()
      .from(t.mailedTokens)
      .where(and(eq(t.mailedTokens.purpose, purpose), opens, gt(t.mailedTokens.expiresAt, now))),
  )
  return row ?? null
}

/**
 * Uses up the token that a typed code opens.
 * @param purposes any of them
 * @param proof the account is '' where there is none yet
 * @returns it to one of those who come at the same time, `null` to all others
 */
export const takeMailedToken = async (
  { q, t }: Db,
  purposes: readonly MailedToken['purpose'][],
  { email, userId, codeHash }: { email: string; userId: string; codeHash: string },
  now: number,
): Promise<MailedToken | null> => {
  const [row] = await write(() =>
    q
      .delete(t.mailedTokens)
      .where(
        and(
          inArray(t.mailedTokens.purpose, purposes),
          eq(t.mailedTokens.email, email),
          eq(t.mailedTokens.userId, userId),
          eq(t.mailedTokens.codeHash, codeHash),
          gt(t.mailedTokens.expiresAt, now),
        ),
      )
      .returning(),
  )
  return row ?? null
}

/** Those of an account: what was asked for before is void. */
export const voidMailedTokens = async (
  { q, t }: Db,
  purpose: MailedToken['purpose'],
  userId: string,
): Promise<void> => {
  await write(() =>
    q.delete(t.mailedTokens).where(and(eq(t.mailedTokens.purpose, purpose), eq(t.mailedTokens.userId, userId))),
  )
}

/** The sign-up on its way to an address, whoever asked for it. */
export const findTokenOfAddress = async ({ q, t }: Db, email: string): Promise<MailedToken | null> => {
  const [row] = await read(() =>
    q
      .select()
      .from(t.mailedTokens)
      .where(and(eq(t.mailedTokens.purpose, 'verify_email'), eq(t.mailedTokens.email, email))),
  )
  return row ?? null
}

export const forgetPendingPassword = async ({ q, t }: Db, id: string): Promise<void> => {
  await write(() => q.update(t.mailedTokens).set({ passwordHash: null }).where(eq(t.mailedTokens.id, id)))
}

/** Whose password a link changes at the moment of the write: null when it was used or voided meanwhile. */
export const userOfResetToken = (t: Db['t'], userId: string, tokenHash: string) =>
  sql<string>`(select "user_id" from ${t.mailedTokens}
    where "purpose" = 'reset_password' and "user_id" = ${userId} and "token_hash" = ${tokenHash})`

/** As part of a larger write: a new password voids every link that could have chosen another. */
export const resetTokensVoided = (tx: Queries, t: Db['t'], email: string) =>
  tx.delete(t.mailedTokens).where(and(eq(t.mailedTokens.purpose, 'reset_password'), eq(t.mailedTokens.email, email)))

/** Deletes at most `most` whose time is over. @returns how many */
export const deleteExpiredMailedTokens = (db: Db, now: number, most: number): Promise<number> =>
  deleteSome(db, db.t.mailedTokens, [db.t.mailedTokens.id], lte(db.t.mailedTokens.expiresAt, now), most)
