// How tokens are put together by hand, as an attacker does it: bytes, segments, HMACs. Nothing that verifies imports it.
import { decodeBase64url, encodeBase64url } from './base64url'

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text))

export const joined = (...pieces: Uint8Array[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(pieces.flatMap((piece) => [...piece]))

export type Raw = string | Uint8Array
/** Text or bytes → one base64url segment. */
export const segment = (raw: Raw): string => encodeBase64url(typeof raw === 'string' ? utf8(raw) : raw)

export const partsOf = (token: string): [head: string, body: string, signature: string] => {
  const [head = '', body = '', signature = ''] = token.split('.')
  return [head, body, signature]
}

export const signatureOf = (token: string): Uint8Array<ArrayBuffer> => {
  const bytes = decodeBase64url(partsOf(token)[2])
  if (!bytes) throw new Error('the signature of a forged token must be canonical')
  return bytes
}

export const withSignature = (token: string, signature: Uint8Array): string => {
  const [head, body] = partsOf(token)
  return `${head}.${body}.${encodeBase64url(signature)}`
}

/** HMAC over "head.body", as an attacker makes it who knows, or guesses, a key. */
export const signHmac = async (
  bits: 256 | 384 | 512,
  key: Uint8Array<ArrayBuffer>,
  header: Raw,
  payload: Raw,
): Promise<string> => {
  const hmac = { name: 'HMAC', hash: `SHA-${bits}` }
  // WebCrypto refuses an empty key; HMAC pads with zeros, so one zero byte is the same key.
  const bytes = key.length === 0 ? new Uint8Array(1) : key
  const imported = await crypto.subtle.importKey('raw', bytes, hmac, false, ['sign'])
  const segments = `${segment(header)}.${segment(payload)}`
  return `${segments}.${encodeBase64url(new Uint8Array(await crypto.subtle.sign('HMAC', imported, utf8(segments))))}`
}

/** A public key as a PEM file holds it. */
export const pemOf = async (publicKey: CryptoKey): Promise<string> => {
  const der = new Uint8Array(await crypto.subtle.exportKey('spki', publicKey))
  const base64 = btoa(String.fromCharCode(...der))
  return `-----BEGIN PUBLIC KEY-----\n${base64.match(/.{1,64}/g)?.join('\n')}\n-----END PUBLIC KEY-----\n`
}

const derInteger = (bytes: Uint8Array) => {
  const first = bytes.findIndex((byte) => byte !== 0)
  const short = bytes.slice(Math.max(first, 0))
  const body = (short[0] ?? 0) > 0x7f ? joined(new Uint8Array(1), short) : short
  return joined(new Uint8Array([2, body.length]), body)
}

/** An ECDSA signature in the form in which X.509 has it; a JWS has r and s bare (RFC 7518 §3.4). */
export const derSignature = (signature: Uint8Array): Uint8Array<ArrayBuffer> => {
  const half = signature.length / 2
  const body = joined(derInteger(signature.slice(0, half)), derInteger(signature.slice(half)))
  return joined(new Uint8Array([0x30, body.length]), body)
}
