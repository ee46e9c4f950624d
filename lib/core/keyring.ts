// The keys that may verify our tokens, each bound to one algorithm. Knows no private key and fetches nothing.
import { calculateJwkThumbprint } from 'jose/jwk/thumbprint'
import { importJWK } from 'jose/key/import'
import type { Algorithm } from './algorithms'
import { isPublicJwk, isRecord, type PublicJwk } from './jwk'

export type VerificationKey = { alg: Algorithm; key: CryptoKey }

/** A Map, so that a `kid` of `__proto__` or `constructor` finds nothing. */
export type Keyring = ReadonlyMap<string, VerificationKey>

const noKeys: Keyring = new Map()

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
 * that holds a private part, is weak or cannot be imported is left out: the set that we publish has none of these.
 * @param beside keys that no set may hold, since whoever has them can mint
 * @returns `null` when the document is not a key set or no key can be used
 */
export const importKeyring = async (document: unknown, beside: Keyring = noKeys): Promise<Keyring | null> => {
  if (!isRecord(document) || !Array.isArray(document.keys)) return null
  const keyring = new Map(beside)
  for (const jwk of document.keys) {
    const key = isPublicJwk(jwk) ? await importOwnKey(jwk) : null
    // An RSA key has one kid whatever it is for: the first algorithm that it is named for is the only one.
    if (key && !keyring.has(jwk.kid)) keyring.set(jwk.kid, { alg: jwk.alg, key })
  }
  return keyring.size > 0 ? keyring : null
}
