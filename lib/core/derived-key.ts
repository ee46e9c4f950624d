// Keys derived from AUTH_SECRET by WebCrypto (HKDF, RFC 5869), so that the edge can do it too. One purpose, one key.
import { decodeBase64url } from './base64url'

const utf8 = (text: string) => new Uint8Array(new TextEncoder().encode(text))

/**
 * 32 bytes for one purpose.
 * @param secret base64url of at least 32 bytes
 * @throws when the secret is shorter than what is derived from it (RFC 7518 §3.2)
 */
export const deriveKey = async (secret: string, purpose: string): Promise<Uint8Array<ArrayBuffer>> => {
  const bytes = decodeBase64url(secret)
  if (!bytes || bytes.length < 32) throw new Error('A secret must be at least 32 bytes in base64url')
  const key = await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveBits'])
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: utf8('handstamp'), info: utf8(purpose) }
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, 256))
}
