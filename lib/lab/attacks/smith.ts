// A key pair that nobody trusts, and what it signs: an attacker's own, or the lab's. Made anew for each run.
import { calculateJwkThumbprint } from 'jose/jwk/thumbprint'
import { encodeBase64url } from '../../core/base64url'
import { type Raw, segment, utf8 } from '../../core/forging'
import type { Keyring } from '../../core/keyring'

type EcJwk = { kty: string; crv: string; x: string; y: string }

export type Smith = {
  kid: string
  jwk: EcJwk
  publicKey: CryptoKey
  /** For whoever would trust it. */
  keyring: Keyring
  /** A good header under this key. */
  header: { alg: 'ES256'; typ: string; kid: string }
  /** Signs a header and a payload given as text or bytes. */
  sign: (header: Raw, payload: Raw) => Promise<string>
}

export const openSmith = async (): Promise<Smith> => {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const { kty = '', crv = '', x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const jwk = { kty, crv, x, y }
  const kid = await calculateJwkThumbprint(jwk)
  return {
    kid,
    jwk,
    publicKey: pair.publicKey,
    keyring: new Map([[kid, { alg: 'ES256', key: pair.publicKey }]]),
    header: { alg: 'ES256', typ: 'at+jwt', kid },
    sign: async (header, payload) => {
      const segments = `${segment(header)}.${segment(payload)}`
      const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, utf8(segments))
      return `${segments}.${encodeBase64url(new Uint8Array(signature))}`
    },
  }
}
