// Opens an encrypted access token: a JWS inside a JWE (RFC 7516), so that nobody reads its claims out of the cookie. One
// form only: `dir` with A256GCM, nothing compressed. What comes out is no longer than what went in.
import { compactDecrypt } from 'jose/jwe/compact/decrypt'
import { decodeBase64url, isCanonicalBase64url } from './base64url'
import { maxTokenBytes } from './compact'
import { deriveKey } from './derived-key'
import { parseStrictJsonObject } from './strict-json'
import type { TokenReason } from './verdict'

/** The header of every token that we seal, and of any that we open. */
export const sealedHeader = { alg: 'dir', enc: 'A256GCM', cty: 'JWT' } as const

/** Base64url of 12 and of 16 bytes. */
const ivLength = 16
const tagLength = 22

/** The keys of this and of the secret before: the first seals, all open. */
export const deriveTokenSeals = (secrets: readonly string[]): Promise<Uint8Array[]> =>
  Promise.all(secrets.map((secret) => deriveKey(secret, 'access token sealing')))

export type Unsealed = { ok: true; token: string } | { ok: false; reason: TokenReason }

/** Five parts, and not three; whether they are any good openSealedToken() finds out. */
export const looksSealed = (text: string): boolean => text.length <= maxTokenBytes && text.split('.', 6).length === 5

const isOurHeader = (head: string): boolean => {
  const bytes = decodeBase64url(head)
  const members = bytes && parseStrictJsonObject(bytes)
  if (members?.size !== 3) return false
  return Object.entries(sealedHeader).every(([name, value]) => members.get(name) === value)
}

/** @param keys any of which may have sealed it: the present one, and the one before */
export const openSealedToken = async (text: string, keys: readonly Uint8Array[]): Promise<Unsealed> => {
  if (text.length > maxTokenBytes) return { ok: false, reason: 'too_large' }
  const [head = '', key, iv = '', body = '', tag = '', ...more] = text.split('.', 6)
  // `dir` has no encrypted key, and a tag cut short would be easier to guess.
  if (key !== '' || more.length > 0 || iv.length !== ivLength || tag.length !== tagLength || body === '')
    return { ok: false, reason: 'malformed' }
  if (![iv, body, tag].every(isCanonicalBase64url)) return { ok: false, reason: 'malformed' }
  if (!isOurHeader(head)) return { ok: false, reason: 'header' }
  for (const secret of keys) {
    try {
      const { plaintext } = await compactDecrypt(text, secret, {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      })
      return { ok: true, token: new TextDecoder().decode(plaintext) }
    } catch (error) {
      // By `code`: class names are minified in the edge bundle. Anything else is a fault of ours, not of the token.
      if (!(error instanceof Error && 'code' in error && error.code === 'ERR_JWE_DECRYPTION_FAILED')) throw error
    }
  }
  return { ok: false, reason: 'signature' }
}
