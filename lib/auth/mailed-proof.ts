// A step-up by a code in a mail, for whoever has no password to type.
import { AppError } from '../core/errors'
import { findPasswordHash, type User } from '../db/users'
import { proofCodeMail } from '../mail/templates'
import { audit } from './audit'
import type { Client, Context } from './context'
import { spend } from './limits'
import { issueCode, type PendingCode, spendCode } from './mailed-code'
import type { Holder } from './own-sessions'

/** Whoever has a password proves it: a mailbox that somebody else reads must not stand in for it. */
const mustHaveNoPassword = async ({ db }: Context, { user }: Holder): Promise<void> => {
  if (user.demo || (await findPasswordHash(db, user.id)) !== null)
    throw new AppError('forbidden', { detail: 'Confirm it with your password.' })
}

export const askForProofCode = async (
  context: Context,
  holder: Holder,
  client: Client,
  now: number,
): Promise<PendingCode> => {
  await mustHaveNoPassword(context, holder)
  const { id, email } = holder.user
  await spend([
    [context.limits.mailedCodeNetwork, client.network],
    // By account, which is known here: whoever asks for codes to sign in uses up none of these.
    [context.limits.mailedCodeHour, `user ${id}`],
  ])
  const pending: PendingCode = {
    purpose: 'reauthenticate',
    attempt: context.random(16),
    email,
    userId: id,
    remember: false,
  }
  await context.post(proofCodeMail(email, await issueCode(context, pending, now)))
  return pending
}

/** @throws AppError `invalid_code`, `rate_limited` */
export const proveByMail = async (
  context: Context,
  user: User,
  { code, pending }: { code: string; pending: PendingCode | undefined },
  client: Client,
  now: number,
): Promise<void> => {
  const own = pending?.purpose === 'reauthenticate' && pending.userId === user.id
  if (own && (await spendCode(context, pending, code, client, now))) return
  await audit(context, 'reauthentication_failed', client, now, { userId: user.id })
  throw new AppError('invalid_code', { errors: { mailCode: 'Enter the newest code, or ask for another.' } })
}
