// Sign-up: the answer is the same for known and unknown addresses; the truth is only in the mailbox. Nothing but a
// mailed token exists until the address is proven.
import { uuidv7 } from 'uuidv7'
import { AppError } from '../core/errors'
import { findTokenOfAddress, forgetPendingPassword, type MailedToken, storeMailedToken } from '../db/mailed-tokens'
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

/** @param passwordHash what the mailed link alone will choose; `null` where it must not */
const mailFor = async (
  context: Context,
  { email, name }: PendingSignUp,
  passwordHash: string | null,
  now: number,
): Promise<void> => {
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

/**
 * A sign-up of the same address that can still be finished. Unless both chose the same password they may be two people's, and
 * the mailed link alone must not decide whose password it becomes.
 */
const signUpUnderWay = async ({ db }: Context, email: string, now: number): Promise<MailedToken | null> => {
  const found = await findTokenOfAddress(db, email)
  return found && found.expiresAt > now ? found : null
}

export const signUp = async (
  context: Context,
  asked: { name: string; email: string; password: string },
  client: Client,
  now: number,
): Promise<PendingSignUp> => {
  const { limits, hashing } = context
  const { name, email, password } = asked
  // Before any work: judging a password costs more than refusing a try.
  await spend([
    [limits.signUpNetwork, client.network],
    [limits.signUpOverall, 'all'],
  ])
  await mustBeGood(context, password, [name, email], 'password')
  const passwordHash = await hashing.hash(password)
  const pending = { attempt: context.random(16), email, name, passwordHash }
  const underWay = await signUpUnderWay(context, email, now)
  // Asked also where nothing is under way, so that the time tells nobody whether the address is known.
  const same = await hashing.verify(underWay?.passwordHash ?? null, password)
  const contested = underWay !== null && !same
  // Of fifty sign-ups at once one sends a mail; all get the same answer.
  if ((await mailAllowance(context, email)) === 0) {
    await mailFor(context, pending, contested ? null : passwordHash, now)
    return pending
  }
  // One that came while this one was looked at was asked about by nobody.
  const newest = await signUpUnderWay(context, email, now)
  if (newest && (contested || newest.id !== underWay?.id)) await forgetPendingPassword(context.db, newest.id)
  return pending
}

/** Another mail for the sign-up that this browser has under way. */
export const resendVerification = async (context: Context, pending: PendingSignUp, now: number): Promise<void> => {
  const wait = await mailAllowance(context, pending.email)
  if (wait > 0) throw new AppError('rate_limited', { retryAfter: wait })
  const underWay = await signUpUnderWay(context, pending.email, now)
  const contested = underWay !== null && underWay.passwordHash !== pending.passwordHash
  await mailFor(context, pending, contested ? null : pending.passwordHash, now)
}
