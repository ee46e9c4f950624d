// Sign-in by a code in a mail. The answer is given before anything is looked up: neither its text nor its time says whether
// there is an account, and an address without one gets no mail. A stop of the process before the mail is stored loses it.
import type { Carried } from '../core/carriers'
import { AppError } from '../core/errors'
import { findUserByEmail } from '../db/users'
import { signInCodeMail } from '../mail/templates'
import { type Admission, admit } from './admission'
import { later } from './afterwards'
import type { Client, Context } from './context'
import { isKnownBrowser } from './known-browser'
import { spend } from './limits'
import { issueCode, type PendingCode, spendCode } from './mailed-code'

const mustBeOn = ({ env }: Context): void => {
  if (env.EMAIL_SIGN_IN === 'off') throw new AppError('not_found')
}

/** Strangers who ask use up no mail of a browser that the owner has signed in with, and void no code of its own. */
const mailCode = async (context: Context, pending: PendingCode, client: Client, now: number): Promise<void> => {
  const { email } = pending
  const known = await isKnownBrowser(context, email, client)
  if ((await context.limits.mailedCodeHour.consume(known ? `known ${email}` : email)) > 0) return
  const found = await findUserByEmail(context.db, email)
  if (!found || found.user.demo || found.user.disabledAt !== null) return
  const code = await issueCode(context, pending, now, known ? 'sign_in_known' : 'sign_in')
  await context.post(signInCodeMail(found.user.email, code))
}

/** @returns what the browser keeps, and the work beside the answer, for tests */
export const askForCode = async (
  context: Context,
  { email, remember }: { email: string; remember: boolean },
  client: Client,
  now: number,
): Promise<{ pending: PendingCode; mailing: Promise<void> }> => {
  mustBeOn(context)
  await spend([
    [context.limits.mailedCodeNetwork, client.network],
    [context.limits.mailedCodeOverall, 'all'],
  ])
  const pending: PendingCode = { purpose: 'sign_in', attempt: context.random(16), email, userId: '', remember }
  return { pending, mailing: later('mailing a code to sign in', () => mailCode(context, pending, client, now)) }
}

/** @throws AppError `invalid_code` for every code that opens nothing, whyever */
export const signInByCode = async (
  context: Context,
  code: string,
  pending: PendingCode | undefined,
  carried: Carried,
  client: Client,
  now: number,
): Promise<Admission> => {
  mustBeOn(context)
  if (pending?.purpose !== 'sign_in' || !(await spendCode(context, pending, code, client, now)))
    throw new AppError('invalid_code')
  const found = await findUserByEmail(context.db, pending.email)
  if (!found || found.user.disabledAt !== null) throw new AppError('invalid_code')
  return admit(context, found.user, { amr: ['mail'], remember: pending.remember }, carried, client, now)
}
