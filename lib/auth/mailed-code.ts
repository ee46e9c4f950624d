// Six digits by mail: made for one purpose, address and account, good for ten minutes, used once, and void when a newer one
// is made.
import { uuidv7 } from 'uuidv7'
import type { MailedPurpose } from '../core/mailed-purposes'
import { storeMailedToken, takeMailedToken } from '../db/mailed-tokens'
import type { Client, Context } from './context'
import { spend } from './limits'
import { hashCode, hashToken, makeCode } from './mailed-secret'

/** Milliseconds. */
const lifetime = 10 * 60_000

/** What a browser keeps, sealed, while a code is on its way: its tries are counted, and the code is its own alone. */
export type PendingCode = {
  purpose: Extract<MailedPurpose, 'sign_in' | 'reauthenticate' | 'change_email'>
  attempt: string
  email: string
  /** '' where the account is not said before the code is right. */
  userId: string
  remember: boolean
}

/** Bound to the browser that asked: a code that is told to somebody else opens nothing there. */
const hashOf = (context: Context, { email, attempt }: PendingCode, code: string) =>
  hashCode(context, `${email}.${attempt}`, code)

/** What a code may have been stored for. Whether a browser is known is looked up after its seal was made. */
const storedFor = {
  sign_in: ['sign_in', 'sign_in_known'],
  reauthenticate: ['reauthenticate'],
  change_email: ['change_email'],
} as const satisfies Record<PendingCode['purpose'], readonly MailedPurpose[]>

/**
 * @param purpose in its place the one before is void
 * @returns the code, for the mail
 */
export const issueCode = async (
  context: Context,
  pending: PendingCode,
  now: number,
  purpose: MailedPurpose = pending.purpose,
): Promise<string> => {
  const code = makeCode()
  const { email, userId } = pending
  await storeMailedToken(context.db, {
    id: uuidv7(),
    purpose,
    email,
    userId,
    // There is no link: the code alone is asked for.
    tokenHash: hashToken(context.random(32)),
    codeHash: hashOf(context, pending, code),
    name: '',
    passwordHash: null,
    createdAt: now,
    expiresAt: now + lifetime,
  })
  return code
}

/** Counts a try. @returns the hash of what was typed, to compare. @throws AppError `rate_limited` */
export const tryCode = async (
  context: Context,
  pending: PendingCode,
  code: string,
  client: Client,
): Promise<string> => {
  const { limits } = context
  // Not by address: each code is one attempt's own, and a stranger's wrong ones must not use up the owner's tries.
  await spend([
    [limits.codeBrowser, pending.attempt],
    [limits.codeNetwork, client.network],
  ])
  return hashOf(context, pending, code)
}

/** @returns whether it was right; then it is used up. @throws AppError `rate_limited` */
export const spendCode = async (
  context: Context,
  pending: PendingCode,
  code: string,
  client: Client,
  now: number,
): Promise<boolean> => {
  const { purpose, email, userId } = pending
  const proof = { email, userId, codeHash: await tryCode(context, pending, code, client) }
  const right = (await takeMailedToken(context.db, storedFor[purpose], proof, now)) !== null
  if (right) await context.limits.codeNetwork.reward(client.network)
  return right
}
