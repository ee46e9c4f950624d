// Sign-up: the answer is the same for known and unknown addresses; the truth is only in the mailbox. Nothing but a
// mailed token exists until the address is proven.
import { uuidv7 } from 'uuidv7'
import { AppError } from '../core/errors'
import { findTokenOfAddress, forgetPendingPassword, storeMailedToken } from '../db/mailed-tokens'
import { findUserByEmail } from '../db/users'
import { alreadySignedUpMail, verificationMail } from '../mail/templates'
import type { Client, Context } from './context'
import { spend } from './limits'
import { hashCode, hashToken, makeCode } from './mailed-secret'
import { mustBeGood } from './new-password'

/** How long a code and a link are good, milliseconds. */
const lifetime = 30 * 60_000

/** What the browser that signed up keeps, sealed: it verifies with its own name and password, not with another's. */
export type PendingSignUp = { attempt: string; email: string; name: string; passwordHash: string }

const mailFor = async (context: Context, pending: PendingSignUp, now: number): Promise<void> => {
  const { email, name, passwordHash } = pending
  const known = await findUserByEmail(context.db, email)
  if (known) return context.post(alreadySignedUpMail(email, `${context.env.APP_URL}/sign-in`))
  const [code, token] = [makeCode(), context.random(32)]
  await storeMailedToken(context.db, {
    id: uuidv7(),
    purpose: 'verify_email',
    email,
    userId: '',
    tokenHash: hashToken(token),
    codeHash: hashCode(context, email, code),
    name,
    passwordHash,
    createdAt: now,
    expiresAt: now + lifetime,
  })
  await context.post(verificationMail(email, code, `${context.env.APP_URL}/verify-email/link?token=${token}`))
}

/** One mail a minute and three an hour to one address. @returns 0, or the seconds to wait */
const mailAllowance = async ({ limits }: Context, email: string): Promise<number> =>
  (await limits.mailMinute.consume(email)) || (await limits.mailHour.consume(email))

export const signUp = async (
  context: Context,
  asked: { name: string; email: string; password: string },
  client: Client,
  now: number,
): Promise<PendingSignUp> => {
  const { limits } = context
  const { name, email, password } = asked
  // Before any work: judging a password costs more than refusing a try.
  await spend([
    [limits.signUpNetwork, client.network],
    [limits.signUpOverall, 'all'],
  ])
  await mustBeGood(context, password, [name, email], 'password')
  const passwordHash = await context.hashing.hash(password)
  const pending = { attempt: context.random(16), email, name, passwordHash }
  // Of fifty sign-ups at once one sends a mail; all get the same answer.
  if ((await mailAllowance(context, email)) === 0) await mailFor(context, pending, now)
  else await contest(context, email, password)
  return pending
}

/**
 * A sign-up whose mail was withheld, beside one that is under way. Unless both chose the same password they may be two
 * people's, and the mailed link alone must not decide whose password it becomes.
 */
const contest = async ({ db, hashing }: Context, email: string, password: string): Promise<void> => {
  const underWay = await findTokenOfAddress(db, email)
  // Asked also where nothing is under way, so that the time tells nobody whether the address is known.
  const same = await hashing.verify(underWay?.passwordHash ?? null, password)
  if (underWay && !same) await forgetPendingPassword(db, underWay.id)
}

/** Another mail for the sign-up that this browser has under way. */
export const resendVerification = async (context: Context, pending: PendingSignUp, now: number): Promise<void> => {
  const wait = await mailAllowance(context, pending.email)
  if (wait > 0) throw new AppError('rate_limited', { retryAfter: wait })
  await mailFor(context, pending, now)
}
