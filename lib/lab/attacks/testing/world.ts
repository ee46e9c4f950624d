// A small issuer to attack: a key, a good token, the lists that it publishes. Also in the forms in which the app can be set up.
import { randomBytes } from 'node:crypto'
import type { Algorithm } from '../../../core/algorithms'
import type { AccessClaims } from '../../../core/claims'
import type { Keyring } from '../../../core/keyring'
import { mintAccessToken, mintRevocations, type SigningKey, sealAccessToken } from '../../../core/mint'
import { makeForgeKeys } from '../../../core/testing/forge-keys'
import type { Means } from '../attack'
import { openSmith } from '../smith'
import { aimAt } from '../target'
import type { World } from './weak'

const sid = () => randomBytes(16).toString('base64url')

export type Issuer = {
  origin: string
  good: string
  signing: SigningKey
  jwks: { keys: unknown[] }
  revocations: string
  keyring: Keyring
  unsealWith: readonly Uint8Array[]
  publicKey: CryptoKey
}

/** @param origin its name @param seconds now, since 1970 */
export const openIssuer = async (
  origin: string,
  seconds: number,
  alg: Algorithm = 'ES256',
  sealed = false,
): Promise<Issuer> => {
  const { kid, signWith, verifyWith, jwk } = await makeForgeKeys(alg)
  const signing = { kid, alg, key: signWith }
  const claims: AccessClaims = {
    ...{ iss: origin, aud: origin, sub: '01890a5d-ac96-774b-bcce-b302099a8057', sid: sid(), gen: 1, epoch: 0 },
    ...{ jti: sid(), iat: seconds, exp: seconds + 300, auth_time: seconds, amr: ['pwd'], roles: ['user'] },
  }
  const unsealWith = [new Uint8Array(randomBytes(32))]
  const signed = await mintAccessToken(claims, signing)
  const nothing = { sequence: 1, asOf: seconds, notBefore: 0, sids: new Set<string>(), epochs: new Map() }
  return {
    origin,
    good: sealed && unsealWith[0] ? await sealAccessToken(signed, unsealWith[0]) : signed,
    signing,
    jwks: { keys: [jwk] },
    revocations: await mintRevocations(nothing, origin, signing),
    keyring: new Map([[kid, { alg, key: verifyWith }]]),
    unsealWith: sealed ? unsealWith : [],
    publicKey: verifyWith,
  }
}

export const meansAgainst = async (issuer: Issuer, seconds: number): Promise<Means> => ({
  target: await aimAt(issuer.good, issuer, seconds),
  attacker: await openSmith(),
  lab: await openSmith(),
  seconds,
})

/** What a weak server of this issuer knows. */
export const worldOf = async (issuer: Issuer, lab: Keyring, seconds: number): Promise<World> => ({
  kid: issuer.signing.kid,
  publicKey: issuer.publicKey,
  privateJwk: await crypto.subtle.exportKey('jwk', issuer.signing.key),
  keyring: new Map([...issuer.keyring, ...lab]),
  expected: { issuer: issuer.origin, audience: issuer.origin, accessTtl: 300, absoluteTtl: 30 * 86_400 },
  seconds,
})
