// Key pairs of the forge, one kind for each algorithm, and how each signs.
import { calculateJwkThumbprint } from 'jose/jwk/thumbprint'
import type { Algorithm } from '../algorithms'
import type { PublicJwk } from '../jwk'

const rsa = { modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' }

/** What WebCrypto must be told to make or import a key, and to sign with it. */
export const parametersOf = {
  ES256: { key: { name: 'ECDSA', namedCurve: 'P-256' }, sign: { name: 'ECDSA', hash: 'SHA-256' } },
  EdDSA: { key: { name: 'Ed25519' }, sign: { name: 'Ed25519' } },
  RS256: { key: { name: 'RSASSA-PKCS1-v1_5', ...rsa }, sign: { name: 'RSASSA-PKCS1-v1_5' } },
  PS256: { key: { name: 'RSA-PSS', ...rsa }, sign: { name: 'RSA-PSS', saltLength: 32 } },
  HS256: { key: { name: 'HMAC', hash: 'SHA-256', length: 256 }, sign: { name: 'HMAC' } },
} as const satisfies Record<Algorithm, { key: object; sign: object }>

export type ForgeKeys = { kid: string; signWith: CryptoKey; verifyWith: CryptoKey; jwk: PublicJwk }

const makePair = async (alg: Exclude<Algorithm, 'HS256'>): Promise<ForgeKeys> => {
  const { privateKey, publicKey } = (await crypto.subtle.generateKey(parametersOf[alg].key, true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair
  const { kty, crv, x, y, n, e } = await crypto.subtle.exportKey('jwk', publicKey)
  const shape = JSON.parse(JSON.stringify({ kty, crv, x, y, n, e }))
  const kid = await calculateJwkThumbprint(shape)
  return { kid, signWith: privateKey, verifyWith: publicKey, jwk: { ...shape, alg, use: 'sig', kid } }
}

/** An HS256 key has no public part: what is public is the ES256 key that was published before it. */
const makeShared = async (): Promise<ForgeKeys> => {
  const key = (await crypto.subtle.generateKey(parametersOf.HS256.key, true, ['sign', 'verify'])) as CryptoKey
  return { kid: 'a-kid-that-tells-nothing', signWith: key, verifyWith: key, jwk: (await makePair('ES256')).jwk }
}

export const makeForgeKeys = (alg: Algorithm): Promise<ForgeKeys> => (alg === 'HS256' ? makeShared() : makePair(alg))

/** What of a public key is most like a secret: its coordinate or its modulus. */
export const publicText = (jwk: PublicJwk): string => (jwk.kty === 'RSA' ? jwk.n : jwk.x)
