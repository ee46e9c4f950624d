// Verifiers that are wrong on purpose. A suite that has never failed proves nothing: attacks must get past these.

import { decode } from 'jose/base64url'
import { jwtVerify } from 'jose/jwt/verify'
import { pemOf, utf8 } from '../forging'
import type { Signer } from './token-forge'

/** Throws to refuse. */
export type WeakVerifier = (token: string, signer: Signer) => Promise<unknown>

/** The members of one part of a token, as it spells them. */
export const decodedPart = (part = ''): Record<string, unknown> => {
  const value: unknown = JSON.parse(new TextDecoder().decode(decode(part)))
  if (typeof value !== 'object' || value === null) throw new Error('not an object')
  return Object.fromEntries(Object.entries(value))
}

const today = ({ claims }: Signer) => ({ currentDate: new Date(claims().iat * 1000) })

export const weakVerifiers = {
  /** jose with all of its own options set, and nothing in front of it. */
  jose: (token, signer) => {
    const { iss, aud } = signer.claims()
    return jwtVerify(token, signer.publicKey, {
      algorithms: ['ES256'],
      typ: 'at+jwt',
      issuer: iss,
      audience: aud,
      requiredClaims: ['exp', 'iat'],
      ...today(signer),
    })
  },
  /** jose with a key and nothing else. */
  joseBare: (token, signer) => jwtVerify(token, signer.publicKey, today(signer)),
  /** Reads the token, believes it. */
  decodeOnly: async (token) => {
    const [head, body] = token.split('.')
    decodedPart(head)
    const claims = decodedPart(body)
    if (typeof claims.sub !== 'string') throw new Error('no subject')
    return claims
  },
  /** Takes the key that the token itself brings (CVE-2018-0114). */
  embeddedKey: async (token, signer) => {
    const { jwk } = decodedPart(token.split('.')[0])
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
    const key = await crypto.subtle.importKey('jwk', jwk as JsonWebKey, algorithm, false, ['verify'])
    return jwtVerify(token, key, today(signer))
  },
  /** Gives the public key's PEM text to whatever algorithm the token names (algorithm confusion). */
  pemBytes: async (token, signer) => jwtVerify(token, utf8(await pemOf(signer.publicKey)), today(signer)),
} as const satisfies Record<string, WeakVerifier>

export type WeakName = keyof typeof weakVerifiers
