// Refresh tokens: `sid.generation.mac`. The mac is deterministic, so the same generation is always the same text and
// none has to be kept at rest (RFC 9700 §4.14 asks that a replayed one be recognised).
import { decodeBase64url, encodeBase64url } from './base64url'

export type RefreshToken = { sid: string; generation: number; mac: Uint8Array<ArrayBuffer> }

const form = /^([A-Za-z0-9_-]{22})\.([1-9][0-9]{0,8})\.([A-Za-z0-9_-]{43})$/
const message = (salt: string, sid: string, generation: number) =>
  new TextEncoder().encode(`${salt}.${sid}.${generation}`)

/** Reads the text of a refresh token; `null` for any other spelling (leading zeros, exponents, whitespace). */
export const parseRefreshToken = (text: string): RefreshToken | null => {
  const [, sid, generation, code] = form.exec(text) ?? []
  if (!sid || !generation || !code) return null
  const mac = decodeBase64url(code)
  return mac && { sid, generation: Number(generation), mac }
}

/** @param key HMAC-SHA-256 key for this purpose alone @param salt the session row's own */
export const formatRefreshToken = async (
  key: CryptoKey,
  salt: string,
  sid: string,
  generation: number,
): Promise<string> => {
  const mac = await crypto.subtle.sign('HMAC', key, message(salt, sid, generation))
  return `${sid}.${generation}.${encodeBase64url(new Uint8Array(mac))}`
}

/** Whether the mac is ours; WebCrypto compares in constant time. */
export const isGenuineRefreshToken = (key: CryptoKey, salt: string, token: RefreshToken): Promise<boolean> =>
  crypto.subtle.verify('HMAC', key, token.mac, message(salt, token.sid, token.generation))
