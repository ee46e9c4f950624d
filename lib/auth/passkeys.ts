// A user's own passkeys: made, named, removed. Programs and pages know each by a hash of its credential's id, which has
// one length whatever the authenticator.
import { createHash } from 'node:crypto'
import { AppError } from '../core/errors'
import { insertPasskey, listPasskeys, type Passkey, passkeyRemoved, renamePasskey } from '../db/passkeys'
import { passkeyAddedMail, passkeyRemovedMail } from '../mail/templates'
import { agentOf, clientInWords } from './agent'
import { audit } from './audit'
import type { Client, Context } from './context'
import type { Issued } from './issue-session'
import { spend } from './limits'
import type { Holder } from './own-sessions'
import { type Attestation, attestationOptions, checkAttestation } from './passkey-ceremony'
import { type Challenge, makeChallenge, spendChallenge } from './passkey-challenge'
import { partyOf } from './passkey-proof'
import { removeWayIn } from './ways-in'

export const passkeysMost = 20

/** 22 characters of base64url. */
export const passkeyHandle = ({ id }: Pick<Passkey, 'id'>): string =>
  createHash('sha256').update(id).digest('base64url').slice(0, 22)

export const listOwnPasskeys = ({ db }: Context, { user }: Pick<Holder, 'user'>): Promise<Passkey[]> =>
  listPasskeys(db, user.id)

/** @throws AppError `not_found` for another's, as for one that never was */
const ownPasskey = async (context: Context, holder: Holder, handle: string): Promise<Passkey> => {
  const found = (await listOwnPasskeys(context, holder)).find((passkey) => passkeyHandle(passkey) === handle)
  if (!found) throw new AppError('not_found')
  return found
}

const roomFor = async (context: Context, holder: Holder): Promise<Passkey[]> => {
  if (holder.user.demo) throw new AppError('forbidden', { detail: 'A demo user has no passkeys. Sign up for that.' })
  const known = await listOwnPasskeys(context, holder)
  if (known.length >= passkeysMost)
    throw new AppError('invalid_fields', { detail: `You have ${passkeysMost} passkeys. Remove one first.` })
  return known
}

/** Nothing is written yet: whoever turns away has changed nothing. */
export const beginPasskey = async (context: Context, holder: Holder, now: number) => {
  const party = partyOf(context)
  const known = await roomFor(context, holder)
  const challenge = makeChallenge(context, 'register', holder.user.id, now)
  return { challenge, options: await attestationOptions(party, challenge.value, holder.user, known) }
}

type About = { holder: Holder; passkey: Passkey; client: Client; now: number }

const tell = async (
  context: Context,
  event: 'passkey_added' | 'passkey_removed',
  { holder: { user, session }, passkey: { name }, client, now }: About,
): Promise<void> => {
  await audit(context, event, client, now, { userId: user.id, sid: session.id, detail: { name } })
  const mail = event === 'passkey_added' ? passkeyAddedMail : passkeyRemovedMail
  const link = `${context.env.APP_URL}/settings/security`
  await context.post(mail(user.email, user.name, new Date(now).toUTCString(), clientInWords(client), name, link))
}

/** @param wish `name: null` calls it after the browser @throws AppError `invalid_passkey` */
export const addPasskey = async (
  context: Context,
  holder: Holder,
  wish: { attestation: Attestation; name: string | null },
  challenge: Challenge | undefined,
  client: Client,
  now: number,
): Promise<Passkey> => {
  const { db, limits } = context
  const party = partyOf(context)
  await roomFor(context, holder)
  await spend([[limits.passkeyAdding, holder.user.id]])
  const value = await spendChallenge(context, challenge, 'register', holder.user.id, now)
  const key = await checkAttestation(party, value, wish.attestation)
  const { browser, system } = agentOf(client.userAgent)
  const passkey = key && {
    ...key,
    userId: holder.user.id,
    name: wish.name ?? `${browser} on ${system}`.slice(0, 40),
    createdAt: now,
    lastUsedAt: null,
  }
  // Somebody else's credential is refused like one that is wrong: whose it is is nobody's business.
  if (!passkey || !(await insertPasskey(db, passkey, holder.session.id)))
    throw new AppError('invalid_passkey', { detail: 'That passkey could not be added. Try again.' })
  await tell(context, 'passkey_added', { holder, passkey, client, now })
  return passkey
}

export const renameOwnPasskey = async (
  context: Context,
  holder: Holder,
  { id, name }: { id: string; name: string },
): Promise<void> => {
  const { id: credential } = await ownPasskey(context, holder, id)
  if (!(await renamePasskey(context.db, holder.user.id, credential, name))) throw new AppError('not_found')
}

/** Every other session ends: one of them may have begun with it. @throws AppError `last_way_in`, `not_found` */
export const removeOwnPasskey = async (
  context: Context,
  holder: Holder,
  handle: string,
  client: Client,
  now: number,
): Promise<Issued> => {
  const passkey = await ownPasskey(context, holder, handle)
  const issued = await removeWayIn(
    context,
    holder,
    'passkey',
    (tx, t) => [passkeyRemoved(tx, t, holder.user.id, passkey.id)],
    client,
    now,
  )
  await tell(context, 'passkey_removed', { holder: { ...holder, session: issued.session }, passkey, client, now })
  return issued
}
