// A password for somebody who has none, and none for somebody who gets in without.
import { AppError } from '../core/errors'
import { resetTokensVoided } from '../db/mailed-tokens'
import { addPassword, findPasswordHash, passwordRemoved } from '../db/users'
import { passwordRemovedMail, passwordSetMail } from '../mail/templates'
import { clientInWords } from './agent'
import { audit } from './audit'
import type { Client, Context } from './context'
import type { Issued } from './issue-session'
import { mustBeGood } from './new-password'
import type { Holder } from './own-sessions'
import { removeWayIn } from './ways-in'

const tell = async (
  context: Context,
  event: 'password_set' | 'password_removed',
  { user, session }: Holder,
  client: Client,
  now: number,
): Promise<void> => {
  await audit(context, event, client, now, { userId: user.id, sid: session.id })
  const mail = event === 'password_set' ? passwordSetMail : passwordRemovedMail
  const when = new Date(now).toUTCString()
  await context.post(mail(user.email, user.name, when, clientInWords(client), `${context.env.APP_URL}/sign-in`))
}

const hasOne = () => new AppError('forbidden', { detail: 'There is a password already. Change it instead.' })

/** For whoever has none: changing one asks for it. @throws AppError `forbidden`, `invalid_fields` */
export const setPassword = async (
  context: Context,
  holder: Holder,
  newPassword: string,
  client: Client,
  now: number,
): Promise<void> => {
  const { user } = holder
  if (user.demo) throw new AppError('forbidden', { detail: 'A demo user has no password. Sign up for that.' })
  if ((await findPasswordHash(context.db, user.id)) !== null) throw hasOne()
  await mustBeGood(context, newPassword, [user.name, user.email], 'newPassword')
  const hash = await context.hashing.hash(newPassword)
  if (!(await addPassword(context.db, user, hash, now, holder.session.id))) throw hasOne()
  await tell(context, 'password_set', holder, client, now)
}

/** Every other session ends, and links for a new password are void. @throws AppError `last_way_in` */
export const removePassword = async (
  context: Context,
  holder: Holder,
  client: Client,
  now: number,
): Promise<Issued> => {
  const { user } = holder
  const issued = await removeWayIn(
    context,
    holder,
    'password',
    (tx, t) => [passwordRemoved(tx, t, user.id), resetTokensVoided(tx, t, user.email)],
    client,
    now,
  )
  await tell(context, 'password_removed', { user, session: issued.session }, client, now)
  return issued
}
