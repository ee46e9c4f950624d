// Another address for an account, in one write: the code that proves it is used up, the way back is laid, and what the
// address before could still have opened is void.
import { and, eq, gte, or, type SQL, sql } from 'drizzle-orm'
import { ownerOf } from './asked-by'
import type { Db, Queries } from './client'
import type { MailedToken } from './mailed-tokens'
import { write } from './steady'
import { isLostRace } from './trouble'
import { emailChanged } from './users'

export type AddressChange = {
  userId: string
  /** The address that it was read with. */
  from: string
  to: string
  codeHash: string
  /** The session that asks: when that is over by then, nothing changes. */
  by: string
  /** Of the mail to the address before. */
  undo: MailedToken
  /** Milliseconds. */
  at: number
}

/**
 * The account, if it has the new address by now and its code and the session that asks live. Else null, which no row takes:
 * the write fails whole.
 */
const proven = ({ userId, to, codeHash, by, at }: AddressChange, t: Db['t']): SQL<string> =>
  sql`(select u."id" from ${t.users} u join ${t.mailedTokens} m on m."user_id" = u."id"
    where u."id" = ${userId} and u."email" = ${to} and m."purpose" = 'change_email' and m."email" = ${to}
    and m."code_hash" = ${codeHash} and m."expires_at" > ${at} and u."id" = ${ownerOf(by, t)})`

const ofAccount = (t: Db['t'], purpose: MailedToken['purpose'], userId: string) =>
  and(eq(t.mailedTokens.purpose, purpose), eq(t.mailedTokens.userId, userId))

/** @returns false when the code opens nothing, the session is over, another account has the address, or this one no longer has the former */
export const changeAddress = async ({ batch, t }: Db, change: AddressChange): Promise<boolean> => {
  const { userId, from, to, undo } = change
  const { purpose: _purpose, email: _email, userId: _userId, ...fresh } = undo
  try {
    await write(() =>
      batch((tx) => [
        // First, for its lock: of several with one code the others wait here, and then find it used.
        emailChanged(tx, t, userId, from, to),
        tx
          .insert(t.mailedTokens)
          .values({ ...undo, userId: proven(change, t) as never })
          .onConflictDoUpdate({
            target: [t.mailedTokens.purpose, t.mailedTokens.email, t.mailedTokens.userId],
            set: fresh,
          }),
        tx.delete(t.mailedTokens).where(ofAccount(t, 'change_email', userId)),
        tx.delete(t.mailedTokens).where(ofAccount(t, 'reset_password', userId)),
      ]),
    )
    return true
  } catch (error) {
    if (isLostRace(error)) return false
    throw error
  }
}

/**
 * As part of a larger write: a way back is used up with all that came after it. The ways back of later changes lie in
 * mailboxes that whoever made them chose. Those of earlier ones stay good.
 */
export const laterChangesVoided = (tx: Queries, t: Db['t'], userId: string, undoId: string) =>
  tx
    .delete(t.mailedTokens)
    .where(
      or(ofAccount(t, 'change_email', userId), and(ofAccount(t, 'undo_email', userId), gte(t.mailedTokens.id, undoId))),
    )
