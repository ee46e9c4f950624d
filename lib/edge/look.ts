// Looks at the token of a request at the edge: good, bad, another's than the refresh token beside it, or not to be known
// at the moment.
import { type Carried, isBearerToken, isMixedIdentity } from '../core/carriers'
import type { Expected } from '../core/claims'
import { type Remembered, verifyRemembered } from '../core/remembered'
import { isRevoked } from '../core/revocations'
import type { KeyringSource } from './keyring-source'
import type { RevocationSource } from './revocation-source'

/** What the edge keeps between requests. */
export type EdgeMemory = {
  source: KeyringSource
  revoked: RevocationSource
  remembered: Remembered
  expected: Expected
}

export type Look = 'authentic' | 'refused' | 'mixed_identity' | 'undecided' | 'no_keys'

export const lookAt = async (
  carried: Carried,
  { source, revoked, remembered, expected }: EdgeMemory,
  now: number,
): Promise<Look> => {
  if (carried.access === null) return 'refused'
  const keyring = await source.keyring(now)
  if (!keyring) return 'no_keys'
  let verdict = await verifyRemembered(remembered, carried.access, keyring, expected, now)
  if (!verdict.ok && verdict.reason === 'unknown_kid') {
    const newer = await source.withUnknownKid(now)
    if (newer) verdict = await verifyRemembered(remembered, carried.access, newer, expected, now)
  }
  if (!verdict.ok || isBearerToken(verdict.claims)) return 'refused'
  const revocations = await revoked.current(keyring, now)
  if (!revocations) return 'undecided'
  if (await isRevoked(revocations, verdict.claims)) return 'refused'
  return isMixedIdentity(carried, verdict.claims.sid) ? 'mixed_identity' : 'authentic'
}
