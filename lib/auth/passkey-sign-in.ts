// Sign-in by passkey: nobody types a name, the passkey says whose it is.
import type { Carried } from '../core/carriers'
import { type Admission, admit } from './admission'
import { afterwards } from './afterwards'
import type { Client, Context } from './context'
import { spend } from './limits'
import { type Assertion, assertionOptions } from './passkey-ceremony'
import { type Challenge, makeChallenge } from './passkey-challenge'
import { partyOf, provePasskey } from './passkey-proof'

/** Reads and writes nothing: whoever only looks at the page costs nothing. */
export const beginPasskeySignIn = async (context: Context, now: number) => {
  const party = partyOf(context)
  const challenge = makeChallenge(context, 'sign_in', null, now)
  return { challenge, options: await assertionOptions(party, challenge.value) }
}

export const passkeySignIn = async (
  context: Context,
  { assertion, remember }: { assertion: Assertion; remember: boolean },
  challenge: Challenge | undefined,
  carried: Carried,
  client: Client,
  now: number,
): Promise<Admission> => {
  const { limits } = context
  await spend([
    [limits.signInNetwork, client.network],
    [limits.signInOverall, 'all'],
  ])
  const asked = { challenge, purpose: 'sign_in', userId: null } as const
  const { user, amr } = await provePasskey(context, assertion, asked, client, now)
  await afterwards('giving a try back', limits.signInNetwork.reward(client.network))
  return admit(context, user, { amr, remember }, carried, client, now)
}
