// Looks at the token of a request at the edge: good, bad, another's than the refresh token beside it, or not to be known
// at the moment.
import { type Carried, isBearerToken, isMixedIdentity } from '../core/carriers'
import type { AccessClaims, Expected } from '../core/claims'
import type { Keyring } from '../core/keyring'
import { type Remembered, recall, verifyRemembered } from '../core/remembered'
import { isRevoked } from '../core/revocations'
import { verifyAccessToken } from '../core/token'
import type { KeyringSource } from './keyring-source'
import type { RevocationSource } from './revocation-source'
import type { Watcher } from './trace'

/** What the edge keeps between requests. */
export type EdgeMemory = {
  source: KeyringSource
  revoked: RevocationSource
  remembered: Remembered
  expected: Expected
}

export type Look = 'authentic' | 'refused' | 'mixed_identity' | 'undecided' | 'no_keys'

type Seen = AccessClaims | Exclude<Look, 'authentic' | 'mixed_identity'>

const seeToken = async (
  token: string,
  keyring: Keyring,
  memory: EdgeMemory,
  now: number,
  watcher?: Watcher,
): Promise<Seen> => {
  const { source, revoked, remembered, expected } = memory
  // Somebody watches: then all of it is done again, and shown.
  let verdict = watcher
    ? await verifyAccessToken(token, keyring, expected, now, watcher.passed)
    : (recall(remembered, token, keyring, expected, now) ??
      (await verifyRemembered(remembered, token, keyring, expected, now)))
  if (!verdict.ok && verdict.reason === 'unknown_kid') {
    const newer = await source.withUnknownKid(now)
    // With no way to know whether there is such a key: Node has the keys themselves.
    if (!newer) return 'undecided'
    verdict = await verifyRemembered(remembered, token, newer, expected, now)
  }
  if (!verdict.ok) return 'refused'
  const revocations = revoked.atHand(now) ?? (await revoked.current(keyring, now))
  if (!revocations) return 'undecided'
  // By its time alone a token is refused for everybody, and a clock that runs ahead would lead everybody in circles between
  // page and refresh: Node looks at the row.
  if (verdict.claims.iat < revocations.notBefore) return 'undecided'
  const ended = isRevoked(revocations, verdict.claims)
  if (typeof ended === 'boolean' ? ended : await ended) return 'refused'
  watcher?.passed('revocations')
  return verdict.claims
}

/** Cookie, bearer token or both; where there are several, all must be good and of one session. */
export const lookAt = async (carried: Carried, memory: EdgeMemory, now: number, watcher?: Watcher): Promise<Look> => {
  const { access, bearer, problem } = carried
  const shown = [
    ...(bearer === undefined ? [] : [{ token: bearer, asBearer: true }]),
    ...(access === null ? [] : [{ token: access, asBearer: false }]),
  ]
  if (shown.length === 0 || problem === 'duplicated') return 'refused'
  watcher?.passed('cookies')
  const keyring = memory.source.atHand(now) ?? (await memory.source.keyring(now))
  if (!keyring) return 'no_keys'
  watcher?.passed('keys')
  const sids = new Set<string>()
  for (const { token, asBearer } of shown) {
    const seen = await seeToken(token, keyring, memory, now, watcher)
    if (typeof seen === 'string') return seen
    if (isBearerToken(seen) !== asBearer) return 'refused'
    if (isMixedIdentity(carried, seen.sid)) return 'mixed_identity'
    sids.add(seen.sid)
  }
  if (sids.size > 1) return 'mixed_identity'
  watcher?.passed('identity')
  return 'authentic'
}
