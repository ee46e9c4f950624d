// A forgotten password: a link by mail, for a known address and nobody else. The answer is given before anything is looked
// up, so neither its text nor its time says whether there is an account. A stop of the process before the mail is stored
// loses it.
import { uuidv7 } from 'uuidv7'
import { storeMailedToken } from '../db/mailed-tokens'
import { findUserByEmail } from '../db/users'
import { resetPasswordMail } from '../mail/templates'
import { later } from './afterwards'
import type { Client, Context } from './context'
import { spend } from './limits'
import { hashToken } from './mailed-secret'

/** How long a link is good, milliseconds. */
const lifetime = 30 * 60_000

/** A newer link takes the place of the older one. */
const mailLink = async (context: Context, email: string, now: number): Promise<void> => {
  if ((await context.limits.resetHour.consume(email)) > 0) return
  const found = await findUserByEmail(context.db, email)
  if (!found || found.user.demo || found.user.disabledAt !== null) return
  const { user } = found
  const token = context.random(32)
  await storeMailedToken(context.db, {
    id: uuidv7(),
    purpose: 'reset_password',
    email: user.email,
    userId: user.id,
    tokenHash: hashToken(token),
    // There is no code to type: the link alone proves the mailbox.
    codeHash: '',
    name: user.name,
    passwordHash: null,
    createdAt: now,
    expiresAt: now + lifetime,
  })
  await context.post(
    resetPasswordMail(user.email, user.name, `${context.env.APP_URL}/reset-password/link?token=${token}`),
  )
}

/** @returns the work beside the answer, for tests */
export const forgotPassword = async (
  context: Context,
  email: string,
  client: Client,
  now: number,
): Promise<{ mailing: Promise<void> }> => {
  await spend([
    [context.limits.resetNetwork, client.network],
    [context.limits.resetOverall, 'all'],
  ])
  return { mailing: later('mailing a link for a new password', () => mailLink(context, email, now)) }
}
