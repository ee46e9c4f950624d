// Whether somebody used a passkey, and whose. A passkey asks for finger, face or PIN by itself, so it is two factors.
import { AppError } from '../core/errors'
import { type RelyingParty, relyingPartyOf } from '../core/relying-party'
import { findPasskey, notePasskeyUse, type Passkey } from '../db/passkeys'
import type { User } from '../db/users'
import { passkeyCopiedMail } from '../mail/templates'
import { clientInWords } from './agent'
import { audit } from './audit'
import type { Client, Context } from './context'
import { type Assertion, checkAssertion, userHandleOf } from './passkey-ceremony'
import { type Challenge, spendChallenge } from './passkey-challenge'

/** @throws AppError `not_found` where APP_URL has no host name */
export const partyOf = ({ env }: Pick<Context, 'env'>): RelyingParty => {
  const party = relyingPartyOf(env.APP_URL)
  if (!party) throw new AppError('not_found', { detail: 'Passkeys need a host name, and this app has an IP address.' })
  return party
}

/** A counter that went back: the key was used where its owner's authenticator knows nothing of it. */
const tellOfCopy = async (context: Context, { user, passkey }: Found, client: Client, now: number): Promise<void> => {
  await audit(context, 'passkey_copied', client, now, { userId: user.id, detail: { name: passkey.name } })
  if ((await context.limits.noticeHour.consume(user.id)) > 0) return
  const when = new Date(now).toUTCString()
  const link = `${context.env.APP_URL}/settings/security`
  await context.post(passkeyCopiedMail(user.email, user.name, when, clientInWords(client), passkey.name, link))
}

type Found = { passkey: Passkey; user: User }

/** Without a name that was typed, the passkey must say itself whose it is (WebAuthn L3 §7.2 step 6). */
const isOwn = ({ user }: Found, userHandle: string | undefined, userId: string | null): boolean =>
  userId === null
    ? userHandle === userHandleOf(user.id)
    : user.id === userId && (userHandle === undefined || userHandle === userHandleOf(user.id))

export type PasskeyProof = Found & {
  /** RFC 8176. */
  amr: string[]
}

/**
 * @param asked the challenge of this browser, what it must be for, and whose passkey it must be, where that is known
 * @throws AppError `unknown_passkey` when nobody has it, `invalid_passkey` for whatever else is wrong
 */
export const provePasskey = async (
  context: Context,
  assertion: Assertion,
  asked: { challenge: Challenge | undefined; purpose: 'sign_in' | 'reauthenticate'; userId: string | null },
  client: Client,
  now: number,
): Promise<PasskeyProof> => {
  const party = partyOf(context)
  const challenge = await spendChallenge(context, asked.challenge, asked.purpose, asked.userId, now)
  const found = await findPasskey(context.db, assertion.id)
  if (!found) throw new AppError('unknown_passkey')
  const { user, passkey } = found
  const own = isOwn(found, assertion.response.userHandle ?? undefined, asked.userId)
  const use = own ? await checkAssertion(party, challenge, assertion, passkey) : null
  if (!use || user.disabledAt !== null) {
    await audit(context, 'passkey_failed', client, now, { userId: user.id })
    throw new AppError('invalid_passkey')
  }
  if (!(await notePasskeyUse(context.db, use, now))) {
    if (!(await findPasskey(context.db, passkey.id))) throw new AppError('unknown_passkey')
    await tellOfCopy(context, found, client, now)
    throw new AppError('invalid_passkey')
  }
  return { user, passkey, amr: [use.synced ? 'swk' : 'hwk', 'user', 'mfa'] }
}
