// The second factor: whether a code is the user's, and the session of whoever proved both.
import type { Carried } from '../core/carriers'
import { AppError } from '../core/errors'
import { countRecoveryCodes, spendRecoveryCode } from '../db/recovery-codes'
import { insertSession } from '../db/sessions'
import { findTotp, forgetTotpFailures, noteTotpFailure, spendTotpStep } from '../db/totp'
import { findUser, type User } from '../db/users'
import { recoveryCodeUsedMail } from '../mail/templates'
import type { PendingFactor, SecondFactorMethod } from './admission'
import { afterwards } from './afterwards'
import { clientInWords } from './agent'
import { type SignedIn, settleArrival } from './arrival'
import { audit } from './audit'
import type { Client, Context } from './context'
import { prepareSession } from './issue-session'
import { spend } from './limits'
import { hashRecoveryCode } from './recovery-code'
import { unseal } from './sealed-key'
import { stepOf } from './totp-code'

export type FactorProof = { method: SecondFactorMethod; code?: unknown }

/** Wrong codes in a row after which an authenticator counts no more (NIST SP 800-63B-4 §3.2.2). */
const totpFailuresMost = 100

const isTotp = async ({ db, secrets }: Context, userId: string, code: unknown, now: number): Promise<boolean> => {
  const totp = await findTotp(db, userId)
  if (!totp || totp.failures >= totpFailuresMost) return false
  const { jwk } = await unseal(totp.sealedSecret, secrets.sealing)
  const step = stepOf(String(jwk.secret), code, now)
  return step !== null && (await spendTotpStep(db, userId, step))
}

const isRecoveryCode = async ({ db }: Context, userId: string, code: unknown, now: number): Promise<boolean> => {
  const hash = hashRecoveryCode(userId, code)
  return hash !== null && (await spendRecoveryCode(db, userId, hash, now))
}

const tellOfRecoveryCode = async (context: Context, user: User, client: Client, now: number): Promise<void> => {
  await audit(context, 'recovery_code_used', client, now, { userId: user.id })
  const left = await countRecoveryCodes(context.db, user.id)
  const link = `${context.env.APP_URL}/settings/security`
  await context.post(
    recoveryCodeUsedMail(user.email, user.name, new Date(now).toUTCString(), clientInWords(client), left, link),
  )
}

/**
 * Uses up the user's code. Tries are counted before it is looked at, by account: a new sign-in starts no new count.
 * @throws AppError `invalid_code` for whatever it is not, `rate_limited`
 */
export const proveFactor = async (
  context: Context,
  user: User,
  { method, code }: FactorProof,
  client: Client,
  now: number,
): Promise<void> => {
  const { limits, db } = context
  await spend([
    [limits.codeNetwork, client.network],
    [limits.factorAccount, user.id],
  ])
  const proven =
    method === 'totp' ? await isTotp(context, user.id, code, now) : await isRecoveryCode(context, user.id, code, now)
  if (!proven) {
    await noteTotpFailure(db, user.id)
    await audit(context, 'factor_failed', client, now, { userId: user.id })
    throw new AppError('invalid_code', {
      detail: 'That code is wrong, or was used already. Wait for the next one.',
      errors: { code: 'Enter a code that was not used yet.' },
    })
  }
  await afterwards('giving tries back', limits.factorAccount.reset(user.id))
  await afterwards('giving a try back', limits.codeNetwork.reward(client.network))
  if (method === 'totp') return
  await afterwards('counting wrong codes anew', forgetTotpFailures(db, user.id))
  await afterwards('telling of a recovery code', tellOfRecoveryCode(context, user, client, now))
}

const expired = () => new AppError('sign_in_expired')

/**
 * The session that a first factor of this browser was waiting for.
 * @throws AppError `sign_in_expired` when there is none, it waited too long, or was finished already
 */
export const completeSignIn = async (
  context: Context,
  pending: PendingFactor | undefined,
  proof: FactorProof,
  carried: Carried,
  client: Client,
  now: number,
): Promise<SignedIn> => {
  if (!pending || pending.until <= now) throw expired()
  const user = await findUser(context.db, pending.userId)
  // Whatever ended all sessions since then ends this as well.
  if (!user || user.disabledAt !== null || user.epoch !== pending.epoch) throw expired()
  await spend([[context.limits.factorAttempt, pending.attempt]])
  await proveFactor(context, user, proof, client, now)
  // One proof of the first factor makes one session, also where two codes come for it at once.
  if ((await context.limits.heldOnce.consume(`factor ${pending.attempt}`)) > 0) throw expired()
  const how = { amr: [...pending.amr, 'otp', 'mfa'], remember: pending.remember }
  const issued = await prepareSession(context, user, how, client, now)
  await insertSession(context.db, issued.session)
  return settleArrival(context, issued, 'signed_in', carried, client, now)
}
