// Verifiers that are wrong on purpose. A suite that has never failed proves nothing: attacks must get past these.
import { jwtVerify } from 'jose/jwt/verify'
import type { Forge } from './token-forge'
import { expected, now } from './token-forge'

export type WeakVerifier = (token: string, forge: Forge) => Promise<boolean>

const accepts = async (work: () => unknown): Promise<boolean> => {
  try {
    await work()
    return true
  } catch {
    return false
  }
}

const decoded = (part: string): Record<string, unknown> => {
  const { buffer, byteOffset, byteLength } = Buffer.from(part, 'base64url')
  const value: unknown = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, byteOffset, byteLength)))
  if (typeof value !== 'object' || value === null) throw new Error('not an object')
  return Object.fromEntries(Object.entries(value))
}

export const weakVerifiers = {
  /** jose with all of its own options set, and nothing in front of it. */
  jose: (token, { publicKey }) =>
    accepts(() =>
      jwtVerify(token, publicKey, {
        algorithms: ['ES256'],
        typ: 'at+jwt',
        issuer: expected.issuer,
        audience: expected.audience,
        requiredClaims: ['exp', 'iat'],
        currentDate: new Date(now),
      }),
    ),
  /** jose with a key and nothing else. */
  joseBare: (token, { publicKey }) => accepts(() => jwtVerify(token, publicKey, { currentDate: new Date(now) })),
  /** Reads the token, believes it. */
  decodeOnly: (token) =>
    accepts(() => {
      const [head = '', body = ''] = token.split('.')
      decoded(head)
      if (typeof decoded(body).sub !== 'string') throw new Error('no subject')
    }),
  /** Takes the key that the token itself brings (CVE-2018-0114). */
  embeddedKey: (token) =>
    accepts(async () => {
      const { jwk } = decoded(token.split('.')[0] ?? '')
      const key = await crypto.subtle.importKey(
        'jwk',
        jwk as JsonWebKey,
        { name: 'ECDSA', namedCurve: 'P-256' },
        false,
        ['verify'],
      )
      await jwtVerify(token, key, { currentDate: new Date(now) })
    }),
  /** Gives the public key's PEM text to whatever algorithm the token names (algorithm confusion). */
  pemBytes: (token, forge) =>
    accepts(async () => jwtVerify(token, new TextEncoder().encode(await pemOf(forge)), { currentDate: new Date(now) })),
} as const satisfies Record<string, WeakVerifier>

export type WeakName = keyof typeof weakVerifiers

export const pemOf = async ({ publicKey }: Forge): Promise<string> => {
  const der = new Uint8Array(await crypto.subtle.exportKey('spki', publicKey))
  const base64 = btoa(String.fromCharCode(...der))
  return `-----BEGIN PUBLIC KEY-----\n${base64.match(/.{1,64}/g)?.join('\n')}\n-----END PUBLIC KEY-----\n`
}
