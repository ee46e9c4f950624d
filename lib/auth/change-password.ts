// A new password: it ends every other session, gives this one a new sid and tells the user by mail, in one write.
import { AppError } from '../core/errors'
import { raiseEpoch } from '../db/epochs'
import { resetTokensVoided } from '../db/mailed-tokens'
import { sessionSucceeded } from '../db/sessions'
import { passwordChanged } from '../db/users'
import { passwordChangedMail } from '../mail/templates'
import { clientInWords } from './agent'
import { audit } from './audit'
import type { Client, Context } from './context'
import { continuing, type Issued, prepareSession } from './issue-session'
import { mustBeGood } from './new-password'
import type { Holder } from './own-sessions'
import { provePassword } from './reauthenticate'

export const changePassword = async (
  context: Context,
  { user, session }: Holder,
  { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
  client: Client,
  now: number,
): Promise<Issued> => {
  if (user.demo) throw new AppError('forbidden', { detail: 'A demo user has no password to change.' })
  await provePassword(context, user, currentPassword, client, now, 'currentPassword')
  await mustBeGood(context, newPassword, [user.name, user.email], 'newPassword')
  const hash = await context.hashing.hash(newPassword)
  const renewed = { ...user, epoch: user.epoch + 1 }
  const issued = await prepareSession(context, renewed, continuing(session), client, now)
  const change = { userId: user.id, from: user.epoch, at: now, reason: 'password_changed' } as const
  const changed = await raiseEpoch(context.db, { ...change, keep: null, by: session.id }, (tx, t) => [
    passwordChanged(tx, t, user.id, hash, now),
    resetTokensVoided(tx, t, user.email),
    ...sessionSucceeded(tx, t, session, issued.session, now),
  ])
  // A sign-out in the meantime stands, and so does what another device changed first: then nothing was changed here.
  if (!changed) throw new AppError('unauthenticated')
  await audit(context, 'password_changed', client, now, { userId: user.id, sid: issued.session.id })
  const when = new Date(now).toUTCString()
  await context.post(
    passwordChangedMail(user.email, user.name, when, clientInWords(client), `${context.env.APP_URL}/sign-in`),
  )
  return issued
}
