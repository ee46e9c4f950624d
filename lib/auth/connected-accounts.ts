// One's accounts at other providers: connected by who has proven both, and never the last way in that is taken away.
import { AppError } from '../core/errors'
import type { ProviderProfile } from '../core/provider-profile'
import { accountDisconnected, type ConnectedAccount, connectAccount, listConnected } from '../db/connected-accounts'
import { accountConnectedMail, accountDisconnectedMail } from '../mail/templates'
import { clientInWords } from './agent'
import { audit } from './audit'
import type { Client, Context } from './context'
import type { Issued } from './issue-session'
import type { Holder } from './own-sessions'
import { removeWayIn } from './ways-in'

export const listOwnConnected = ({ db }: Context, { user }: Pick<Holder, 'user'>): Promise<ConnectedAccount[]> =>
  listConnected(db, user.id)

const labelOf = ({ env }: Context, id: string): string => env.providers.find((one) => one.id === id)?.label ?? id

/** @throws AppError `already_connected` */
export const connectOwn = async (
  context: Context,
  { user, session }: Holder,
  provider: string,
  { subject, email }: ProviderProfile,
  client: Client,
  now: number,
): Promise<void> => {
  const times = { createdAt: now, lastUsedAt: now }
  const account = { provider, subject, userId: user.id, email: email ?? '', ...times }
  if (!(await connectAccount(context.db, account, session.id))) throw new AppError('already_connected')
  await audit(context, 'account_connected', client, now, { userId: user.id, sid: session.id, detail: { provider } })
  const [when, link] = [new Date(now).toUTCString(), `${context.env.APP_URL}/settings/security`]
  const what = labelOf(context, provider)
  await context.post(accountConnectedMail(user.email, user.name, when, clientInWords(client), what, link))
}

/** @throws AppError `not_found`, `last_way_in` */
export const disconnectOwn = async (
  context: Context,
  holder: Holder,
  provider: string,
  client: Client,
  now: number,
): Promise<Issued> => {
  const { user } = holder
  const own = (await listConnected(context.db, user.id)).some((account) => account.provider === provider)
  if (!own) throw new AppError('not_found')
  const removed = (tx: Parameters<typeof accountDisconnected>[0], t: Parameters<typeof accountDisconnected>[1]) => [
    accountDisconnected(tx, t, user.id, provider),
  ]
  const issued = await removeWayIn(context, holder, 'connected', removed, client, now)
  const detail = { provider }
  await audit(context, 'account_disconnected', client, now, { userId: user.id, sid: issued.session.id, detail })
  const [when, link] = [new Date(now).toUTCString(), `${context.env.APP_URL}/settings/security`]
  const what = labelOf(context, provider)
  await context.post(accountDisconnectedMail(user.email, user.name, when, clientInWords(client), what, link))
  return issued
}
