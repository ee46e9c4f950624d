// Step-up by passkey: within a session, by a passkey of the same user.

import { relyingPartyOf } from '../core/relying-party'
import { listPasskeys } from '../db/passkeys'
import { findPasswordHash } from '../db/users'
import { afterwards } from './afterwards'
import type { Client, Context } from './context'
import type { Issued } from './issue-session'
import { spend } from './limits'
import type { Holder } from './own-sessions'
import { type Assertion, assertionOptions } from './passkey-ceremony'
import { type Challenge, makeChallenge } from './passkey-challenge'
import { provePasskey } from './passkey-proof'
import { proven } from './reauthenticate'

/** @returns `begun: null` for whoever has no passkey */
export const beginPasskeyStepUp = async (context: Context, { user }: Holder, now: number) => {
  const password = (await findPasswordHash(context.db, user.id)) !== null
  const party = relyingPartyOf(context.env.APP_URL)
  const own = await listPasskeys(context.db, user.id)
  if (!party || own.length === 0) return { password, begun: null }
  const challenge = makeChallenge(context, 'reauthenticate', user.id, now)
  return { password, begun: { challenge, options: await assertionOptions(party, challenge.value, own) } }
}

/** The session counts as one of two factors from then on, whatever it began with. */
export const passkeyStepUp = async (
  context: Context,
  holder: Holder,
  assertion: Assertion,
  challenge: Challenge | undefined,
  client: Client,
  now: number,
): Promise<Issued> => {
  const { limits } = context
  await spend([[limits.signInNetwork, client.network]])
  const asked = { challenge, purpose: 'reauthenticate', userId: holder.user.id } as const
  const { amr } = await provePasskey(context, assertion, asked, client, now)
  await afterwards('giving a try back', limits.signInNetwork.reward(client.network))
  return proven(context, holder, amr, client, now)
}
