// The end of an account at its owner's wish: at once for every session and token, for good after seven days. Its address is
// free at once; a link in a mail brings the account back while that is so.
import { AppError } from '../core/errors'
import { accountDeparted, findDeparture, restoreAccount } from '../db/departures'
import { raiseEpoch } from '../db/epochs'
import { findUser } from '../db/users'
import { accountDeletedMail, accountRestoredMail } from '../mail/templates'
import { clientInWords } from './agent'
import { audit } from './audit'
import type { Client, Context } from './context'
import { spend } from './limits'
import { hashToken } from './mailed-secret'
import type { Holder } from './own-sessions'

/** How long it can be undone, milliseconds. */
const undoable = 7 * 86_400_000

export const deleteAccount = async (
  context: Context,
  { user, session }: Holder,
  client: Client,
  now: number,
): Promise<void> => {
  if (user.demo) throw new AppError('forbidden', { detail: 'A demo user is deleted by itself, after a day.' })
  const token = context.random(32)
  const departure = {
    userId: user.id,
    email: user.email,
    tokenHash: hashToken(token),
    createdAt: now,
    deleteAt: now + undoable,
  }
  const change = { userId: user.id, from: user.epoch, at: now, reason: 'account_deleted' } as const
  const done = await raiseEpoch(context.db, { ...change, keep: null, by: session.id }, (tx, t) =>
    accountDeparted(tx, t, departure),
  )
  if (!done) throw new AppError('unauthenticated')
  await audit(context, 'account_deleted', client, now, { userId: user.id, sid: session.id })
  const link = `${context.env.APP_URL}/undo-deletion/link?token=${token}`
  const when = new Date(now).toUTCString()
  await context.post(accountDeletedMail(user.email, user.name, when, clientInWords(client), link))
}

/** The address of the account that a link would bring back; `null` for one that is used, too old, or never was ours. */
export const departedAddress = async ({ db }: Context, token: string, now: number): Promise<string | null> =>
  (await findDeparture(db, hashToken(token), now))?.email ?? null

/** Signs in nobody, and revives no session or token. */
export const undoDeletion = async (context: Context, token: string, client: Client, now: number): Promise<void> => {
  await spend([[context.limits.codeNetwork, client.network]])
  const departure = await findDeparture(context.db, hashToken(token), now)
  const user = departure && (await findUser(context.db, departure.userId))
  if (!departure || !user) throw new AppError('invalid_link')
  const outcome = await restoreAccount(context.db, departure)
  if (outcome === 'taken')
    throw new AppError('invalid_link', {
      detail: 'Somebody has signed up with this address again, so the account before can’t come back.',
    })
  if (outcome === 'gone') throw new AppError('invalid_link')
  await audit(context, 'account_restored', client, now, { userId: user.id })
  const when = new Date(now).toUTCString()
  const signIn = `${context.env.APP_URL}/sign-in`
  await context.post(accountRestoredMail(departure.email, user.name, when, clientInWords(client), signIn))
}
