// Base64url without padding (RFC 4648 §5), canonical spellings only: one byte string has exactly one text.

const alphabet = /^[A-Za-z0-9_-]*$/
/** Last characters whose unused low bits are zero, by length mod 4 (RFC 4648 §3.5). */
const canonicalEnd: Record<number, RegExp> = { 2: /[AQgw]$/, 3: /[AEIMQUYcgkosw048]$/ }

/** True for canonical base64url; jose alone also takes whitespace, `=` and stray low bits. */
export const isCanonicalBase64url = (text: string): boolean => {
  if (!alphabet.test(text)) return false
  const rest = text.length % 4
  if (rest === 0) return true
  return canonicalEnd[rest]?.test(text) ?? false
}

/** Bytes → canonical base64url. */
export const encodeBase64url = (bytes: Uint8Array): string => {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Canonical base64url → bytes, or `null` for any other text. */
export const decodeBase64url = (text: string): Uint8Array<ArrayBuffer> | null => {
  if (!isCanonicalBase64url(text)) return null
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}
