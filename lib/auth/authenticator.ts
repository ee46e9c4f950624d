// Turning the authenticator app on and off, which ends every other session since those began with other factors, and new
// recovery codes. Each by the factor itself, but for the first time.
import { AppError } from '../core/errors'
import { recoveryCodesRemoved, recoveryCodesSet, replaceRecoveryCodes } from '../db/recovery-codes'
import { hasTotp, totpRemoved, totpSet } from '../db/totp'
import { authenticatorOffMail, authenticatorOnMail, recoveryCodesMail } from '../mail/templates'
import { afterwards } from './afterwards'
import { clientInWords } from './agent'
import { type AuditName, audit } from './audit'
import type { Client, Context } from './context'
import { endingOthers, type More } from './ending-others'
import type { Issued } from './issue-session'
import { spend } from './limits'
import type { Holder } from './own-sessions'
import { hashRecoveryCode, makeRecoveryCodes } from './recovery-code'
import { seal } from './sealed-key'
import { type FactorProof, proveFactor } from './second-factor'
import { makeTotpSecret, stepOf, totpUri } from './totp-code'

/** What a browser keeps, sealed, until its owner has shown that the app has the secret. */
export type Enrolment = { userId: string; secret: string /** Milliseconds. */; until: number }

/** How long an enrolment waits for its first code, milliseconds. */
const patience = 10 * 60_000

const mustNotBeDemo = ({ user }: Holder): void => {
  if (user.demo) throw new AppError('forbidden', { detail: 'A demo user has nothing to protect. Sign up for that.' })
}

/** Nothing is written yet: whoever turns away has changed nothing. */
export const beginEnrolment = (holder: Holder, now: number): Enrolment => {
  mustNotBeDemo(holder)
  return { userId: holder.user.id, secret: makeTotpSecret(), until: now + patience }
}

/** The enrolment that this browser has under way for whoever is signed in. */
export const enrolmentOf = (enrolment: Enrolment | undefined, { user }: Pick<Holder, 'user'>, now: number) =>
  enrolment?.userId === user.id && enrolment.until > now
    ? { secret: enrolment.secret, uri: totpUri(enrolment.secret, user.email) }
    : null

const mailFor = {
  totp_added: authenticatorOnMail,
  totp_removed: authenticatorOffMail,
  recovery_codes_made: recoveryCodesMail,
}

const tell = async (
  context: Context,
  event: Extract<AuditName, keyof typeof mailFor>,
  { user, session }: Holder,
  client: Client,
  now: number,
): Promise<void> => {
  await audit(context, event, client, now, { userId: user.id, sid: session.id })
  const when = new Date(now).toUTCString()
  await context.post(
    mailFor[event](user.email, user.name, when, clientInWords(client), `${context.env.APP_URL}/sign-in`),
  )
}

const freshCodes = (userId: string) => {
  const codes = makeRecoveryCodes()
  return { codes, hashes: codes.flatMap((code) => hashRecoveryCode(userId, code) ?? []) }
}

/**
 * The app counts from now on.
 * @returns the recovery codes as well, which are shown this once
 * @throws AppError `invalid_code` when the code is not the app's, `sign_in_expired` when the enrolment is over
 */
export const confirmEnrolment = async (
  context: Context,
  holder: Holder,
  enrolment: Enrolment | undefined,
  code: unknown,
  client: Client,
  now: number,
): Promise<Issued & { codes: string[] }> => {
  mustNotBeDemo(holder)
  const { user, session } = holder
  const under = enrolmentOf(enrolment, holder, now)
  if (!under)
    throw new AppError('invalid_code', { detail: 'That took too long. Begin again: the app needs the new picture.' })
  await spend([[context.limits.factorAccount, user.id]])
  // A session alone must not put another app in the place of the one that is on. Of two at once the epoch lets one through.
  if (await hasTotp(context.db, user.id))
    throw new AppError('forbidden', { detail: 'An authenticator app is on. Turn it off first, by its code.' })
  const step = stepOf(under.secret, code, now)
  if (step === null)
    throw new AppError('invalid_code', {
      detail: 'That is not the code that the app should show. Check that the phone’s time is right.',
      errors: { code: 'Enter the six digits that the app shows now.' },
    })
  const totp = {
    userId: user.id,
    sealedSecret: await seal({ secret: under.secret }, context.secrets.sealing),
    createdAt: now,
    confirmedAt: now,
    // This very code is used up.
    lastStep: step,
    failures: 0,
  }
  const { codes, hashes } = freshCodes(user.id)
  const amr = [...new Set([...session.amr, 'otp', 'mfa'])]
  const more: More = (tx, t) => [totpSet(tx, t, totp), ...recoveryCodesSet(tx, t, user.id, hashes, now)]
  const issued = await endingOthers(context, holder, amr, more, client, now)
  await afterwards('giving tries back', context.limits.factorAccount.reset(user.id))
  await tell(context, 'totp_added', { ...holder, session: issued.session }, client, now)
  return { ...issued, codes }
}

/** Only by the factor itself. */
export const removeAuthenticator = async (
  context: Context,
  holder: Holder,
  proof: FactorProof,
  client: Client,
  now: number,
): Promise<Issued> => {
  const { user, session } = holder
  await proveFactor(context, user, proof, client, now)
  // A passkey is two factors by itself.
  const still = session.amr.includes('user')
  const amr = session.amr.filter((method) => method !== 'otp' && (method !== 'mfa' || still))
  const more: More = (tx, t) => [totpRemoved(tx, t, user.id), recoveryCodesRemoved(tx, t, user.id)]
  const issued = await endingOthers(context, holder, amr.length === 0 ? ['pwd'] : amr, more, client, now)
  await tell(context, 'totp_removed', { ...holder, session: issued.session }, client, now)
  return issued
}

/** Those before are void. @returns the new ones, which are shown this once */
export const renewRecoveryCodes = async (
  context: Context,
  holder: Holder,
  proof: FactorProof,
  client: Client,
  now: number,
): Promise<string[]> => {
  const { user, session } = holder
  await proveFactor(context, user, proof, client, now)
  const { codes, hashes } = freshCodes(user.id)
  await replaceRecoveryCodes(context.db, user.id, session.id, hashes, now)
  await tell(context, 'recovery_codes_made', holder, client, now)
  return codes
}
