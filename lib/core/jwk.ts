// A public key as we publish it (RFC 7517): its form, and how strong it must be at the least. Imports nothing from it.
import type { PublicAlgorithm } from './algorithms'
import { decodeBase64url } from './base64url'

type Common<Alg extends PublicAlgorithm> = { alg: Alg; use: 'sig'; kid: string }
export type EcJwk = Common<'ES256'> & { kty: 'EC'; crv: 'P-256'; x: string; y: string }
export type OkpJwk = Common<'EdDSA'> & { kty: 'OKP'; crv: 'Ed25519'; x: string }
export type RsaJwk = Common<'RS256' | 'PS256'> & { kty: 'RSA'; n: string; e: string }
export type PublicJwk = EcJwk | OkpJwk | RsaJwk

/** RFC 7518 §3.3 asks for 2048 bits or more. */
const leastModulusBits = 2048
/** A modulus larger than this is no stronger in practice, and each verification costs more. */
const mostModulusBits = 4096
const leastExponent = 65_537n

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const isBytes = (value: unknown, length: number) =>
  typeof value === 'string' && decodeBase64url(value)?.length === length

/** A number of RFC 7518 §2: big-endian, in the fewest bytes. */
const isUint = (bytes: Uint8Array | null): bytes is Uint8Array<ArrayBuffer> =>
  bytes !== null && bytes.length > 0 && bytes[0] !== 0

const ed25519Prime = 2n ** 255n - 19n
/** The `y` of a point of order 8; that of the others is its negative. */
const ofOrderEight = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n
/** The `y` of every point whose order divides 8: under such a key one signature is good for many texts (RFC 8032 §8.9). */
const ofSmallOrder = new Set([0n, 1n, ed25519Prime - 1n, ofOrderEight, ed25519Prime - ofOrderEight])

/** Whether 32 bytes are a point in its one spelling (RFC 8032 §5.1.3) that can carry signatures. */
const isStrongEd25519 = (x: unknown): boolean => {
  const bytes = typeof x === 'string' ? decodeBase64url(x) : null
  if (bytes?.length !== 32) return false
  const y = BigInt.asUintN(
    255,
    bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n),
  )
  return y < ed25519Prime && !ofSmallOrder.has(y)
}

const isStrongRsa = (n: unknown, e: unknown): boolean => {
  if (typeof n !== 'string' || typeof e !== 'string') return false
  const [modulus, exponent] = [decodeBase64url(n), decodeBase64url(e)]
  if (!isUint(modulus) || !isUint(exponent) || exponent.length > 8) return false
  const bits = modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24
  const power = exponent.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  return bits >= leastModulusBits && bits <= mostModulusBits && power >= leastExponent && power % 2n === 1n
}

const fits = ({ kty, crv, alg, x, y, n, e }: Record<string, unknown>): boolean => {
  if (kty === 'EC') return alg === 'ES256' && crv === 'P-256' && isBytes(x, 32) && isBytes(y, 32)
  if (kty === 'OKP') return alg === 'EdDSA' && crv === 'Ed25519' && isStrongEd25519(x)
  return kty === 'RSA' && (alg === 'RS256' || alg === 'PS256') && isStrongRsa(n, e)
}

/**
 * Whether a value is a public signature key of ours: of a type and for an algorithm that we use, without any private
 * part, and not weak. Whether its point lies on the curve is found out by importing it.
 */
export const isPublicJwk = (value: unknown): value is PublicJwk =>
  isRecord(value) &&
  value.use === 'sig' &&
  typeof value.kid === 'string' &&
  privateMembers.every((name) => !(name in value)) &&
  fits(value)
