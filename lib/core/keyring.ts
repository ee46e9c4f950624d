// The public keys that may verify our tokens, each bound to one algorithm. Knows no private key and fetches nothing.
import { calculateJwkThumbprint } from 'jose/jwk/thumbprint'
import { importJWK } from 'jose/key/import'

export type Algorithm = 'ES256'
export type PublicJwk = { kty: 'EC'; crv: 'P-256'; x: string; y: string; alg: Algorithm; use: 'sig'; kid: string }
export type VerificationKey = { alg: Algorithm; key: CryptoKey }

/** A Map, so that a `kid` of `__proto__` or `constructor` finds nothing. */
export type Keyring = ReadonlyMap<string, VerificationKey>

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const isPublicJwk = (value: unknown): value is PublicJwk =>
  isRecord(value) &&
  value.kty === 'EC' &&
  value.crv === 'P-256' &&
  value.alg === 'ES256' &&
  value.use === 'sig' &&
  typeof value.x === 'string' &&
  typeof value.y === 'string' &&
  typeof value.kid === 'string' &&
  !('d' in value)

/** One key that is broken (a point off its curve, say) must not take the good ones with it. */
const importOwnKey = async (jwk: PublicJwk): Promise<CryptoKey | null> => {
  try {
    if ((await calculateJwkThumbprint(jwk)) !== jwk.kid) return null
    const key = await importJWK(jwk, jwk.alg)
    return key instanceof CryptoKey ? key : null
  } catch {
    return null
  }
}

/**
 * JWK Set (RFC 7517 §5) → keyring. A key whose `kid` is not its RFC 7638 thumbprint, that names another algorithm,
 * that holds a private part or cannot be imported is left out: the set that we publish has none of these.
 * @returns `null` when the document is not a key set or no key in it can be used
 */
export const importKeyring = async (document: unknown): Promise<Keyring | null> => {
  if (!isRecord(document) || !Array.isArray(document.keys)) return null
  const keyring = new Map<string, VerificationKey>()
  for (const jwk of document.keys) {
    const key = isPublicJwk(jwk) ? await importOwnKey(jwk) : null
    if (key) keyring.set(jwk.kid, { alg: jwk.alg, key })
  }
  return keyring.size > 0 ? keyring : null
}
