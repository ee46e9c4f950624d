// A user's passkeys as answers and pages show them: only the fields that are listed here, never a key.
import type { Context } from '../auth/context'
import type { Holder } from '../auth/own-sessions'
import { userHandleOf } from '../auth/passkey-ceremony'
import { listOwnPasskeys, passkeyHandle } from '../auth/passkeys'
import { now as readClock } from '../clock'
import { relyingPartyOf } from '../core/relying-party'
import type { Passkey } from '../db/passkeys'
import { env } from '../env'
import { currentContext } from './context'
import { requireUser } from './session'

const iso = (milliseconds: number) => new Date(milliseconds).toISOString()

/** Times are ISO 8601. */
export const passkeyView = (passkey: Passkey) => ({
  id: passkeyHandle(passkey),
  name: passkey.name,
  synced: passkey.backedUp,
  createdAt: iso(passkey.createdAt),
  lastUsedAt: passkey.lastUsedAt === null ? null : iso(passkey.lastUsedAt),
})

export const passkeysView = async (context: Context, holder: Holder) => ({
  passkeys: (await listOwnPasskeys(context, holder)).map(passkeyView),
})

/** Times in milliseconds. */
export type PasskeyCard = Pick<Passkey, 'id' | 'name' | 'backedUp' | 'createdAt' | 'lastUsedAt'>

/** For whom passkeys are made here; `null` where APP_URL has no host name. */
export const relyingParty = () => relyingPartyOf(env().APP_URL)

/** Whoever is signed in, their passkeys, and what their browser is told of these. */
export const readPasskeys = async () => {
  const { user } = await requireUser()
  const passkeys = await listOwnPasskeys(await currentContext(), { user })
  const party = relyingParty()
  return {
    cards: passkeys.map(
      ({ name, backedUp, createdAt, lastUsedAt, ...passkey }): PasskeyCard => ({
        id: passkeyHandle(passkey),
        name,
        backedUp,
        createdAt,
        lastUsedAt,
      }),
    ),
    party,
    known: party && {
      rpId: party.id,
      userId: userHandleOf(user.id),
      allAcceptedCredentialIds: passkeys.map(({ id }) => id),
    },
    now: readClock(),
  }
}
