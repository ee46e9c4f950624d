// Step-up: another proof of who one is, within a session. The session gets a new sid; the old one is over.
import { AppError } from '../core/errors'
import { endSession, insertSession } from '../db/sessions'
import { findPasswordHash, type User } from '../db/users'
import { audit } from './audit'
import type { Client, Context } from './context'
import { type Issued, prepareSession } from './issue-session'
import { spend } from './limits'
import type { Holder } from './own-sessions'

/**
 * Whether this is the user's password, at the limits of a sign-in.
 * @param field that it was typed into
 * @throws AppError `invalid_credentials`, `rate_limited`
 */
export const provePassword = async (
  context: Context,
  user: User,
  password: string,
  client: Client,
  now: number,
  field = 'password',
): Promise<void> => {
  const { limits, hashing, db } = context
  const pair = `${user.email} ${client.network}`
  await spend([
    [limits.signInNetwork, client.network],
    [limits.signInPair, pair],
    [limits.signInAccount, user.email],
    [limits.signInOverall, 'all'],
  ])
  if (!(await hashing.verify(await findPasswordHash(db, user.id), password))) {
    await audit(context, 'reauthentication_failed', client, now, { userId: user.id })
    throw new AppError('invalid_credentials', {
      detail: 'That is not your password. Check it and try again.',
      errors: { [field]: 'That is not your password.' },
    })
  }
  await limits.signInPair.reset(pair)
  await limits.signInAccount.reset(user.email)
  await limits.signInNetwork.reward(client.network)
}

/** The same session under a new sid, with a fresh proof. Nobody's when the old one ended meanwhile. */
const replaceSession = async (
  context: Context,
  { user, session }: Holder,
  client: Client,
  now: number,
): Promise<Issued> => {
  const issued = await prepareSession(context, user, { amr: session.amr, remember: session.remember }, client, now)
  issued.session.name = session.name
  await insertSession(context.db, issued.session)
  // A sign-out in the meantime stands: it must not find itself signed in again.
  if (!(await endSession(context.db, session.id, 'replaced', now))) {
    await endSession(context.db, issued.session.id, 'replaced', now)
    throw new AppError('unauthenticated')
  }
  return issued
}

/** @param password left out for a demo user, who has none */
export const reauthenticate = async (
  context: Context,
  holder: Holder,
  password: string | null,
  client: Client,
  now: number,
): Promise<Issued> => {
  const { user } = holder
  if (!user.demo) {
    if (password === null) throw new AppError('invalid_fields', { errors: { password: 'Enter your password.' } })
    await provePassword(context, user, password, client, now)
  }
  const issued = await replaceSession(context, holder, client, now)
  await audit(context, 'reauthenticated', client, now, {
    userId: user.id,
    sid: issued.session.id,
    detail: { before: holder.session.id },
  })
  return issued
}
