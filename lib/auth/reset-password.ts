// A new password by a mailed link: used once, ends every session, tells the owner, and signs in nobody.
import { AppError } from '../core/errors'
import { raiseEpoch } from '../db/epochs'
import { findMailedToken, resetTokensVoided, userOfResetToken } from '../db/mailed-tokens'
import { findUserByEmail, passwordSet, type User } from '../db/users'
import { passwordResetMail } from '../mail/templates'
import { afterwards } from './afterwards'
import { clientInWords } from './agent'
import { audit } from './audit'
import type { Client, Context } from './context'
import { spend } from './limits'
import { hashToken } from './mailed-secret'
import { mustBeGood } from './new-password'
import { forgetTries } from './password-try'

/** Whose password a link would change; `null` for one that is used, replaced, too old, or was never ours. Uses nothing up. */
export const holderOfReset = async ({ db }: Context, token: string, now: number): Promise<User | null> => {
  const mailed = await findMailedToken(db, 'reset_password', { tokenHash: hashToken(token) }, now)
  const found = mailed && (await findUserByEmail(db, mailed.email))
  return found && found.user.disabledAt === null ? found.user : null
}

export const resetPassword = async (
  context: Context,
  { token, password }: { token: string; password: string },
  client: Client,
  now: number,
): Promise<void> => {
  await spend([[context.limits.codeNetwork, client.network]])
  const user = await holderOfReset(context, token, now)
  if (!user) throw new AppError('invalid_link')
  // A password that is refused uses nothing up.
  await mustBeGood(context, password, [user.name, user.email], 'password')
  const hash = await context.hashing.hash(password)
  const change = { userId: user.id, from: user.epoch, at: now, reason: 'password_changed' } as const
  // Of two that use one link only one can raise the epoch; one that was voided meanwhile sets nothing.
  const changed = await raiseEpoch(context.db, { ...change, keep: null, by: null }, (tx, t) => [
    passwordSet(tx, t, userOfResetToken(t, user.id, hashToken(token)), hash, now),
    resetTokensVoided(tx, t, user.email),
  ])
  if (!changed) throw new AppError('invalid_link')
  await afterwards('forgetting wrong passwords', forgetTries(context, user.email))
  await audit(context, 'password_reset', client, now, { userId: user.id })
  const when = new Date(now).toUTCString()
  await context.post(
    passwordResetMail(user.email, user.name, when, clientInWords(client), `${context.env.APP_URL}/sign-in`),
  )
}
