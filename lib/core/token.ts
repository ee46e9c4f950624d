// The verifier of access tokens: a strict profile in front of jose. The gate, pages, handlers and actions all call it.
import { compactVerify } from 'jose/jws/compact/verify'
import { type AccessClaims, type Expected, readClaims } from './claims'
import { readCompactHeader } from './compact'
import type { Keyring } from './keyring'
import { parseStrictJsonObject } from './strict-json'
import type { TokenReason } from './verdict'

/** Explicit typing (RFC 9068 §2.1, RFC 8725 §3.11): a token of another kind is refused even with a good signature. */
export const accessTokenType = 'at+jwt'

export type TokenVerdict = { ok: true; claims: AccessClaims; kid: string } | { ok: false; reason: TokenReason }

/**
 * Verifies an access token. Order: form, type, key, algorithm, signature, then claims, so that nothing is read from
 * a payload that nobody has signed.
 * @param now milliseconds since 1970
 * @example
 * const verdict = await verifyAccessToken(token, keyring, expected, Date.now())
 * if (verdict.ok) verdict.claims.sub
 */
export const verifyAccessToken = async (
  token: string,
  keyring: Keyring,
  expected: Expected,
  now: number,
): Promise<TokenVerdict> => {
  const form = readCompactHeader(token)
  if (!form.ok) return form
  const { alg, typ, kid } = form.header
  if (typ !== accessTokenType) return { ok: false, reason: 'typ' }
  const trusted = keyring.get(kid)
  if (!trusted) return { ok: false, reason: 'unknown_kid' }
  // The key says which algorithm it is for; the token has no say (RFC 8725 §3.1).
  if (alg !== trusted.alg) return { ok: false, reason: 'alg' }
  const payload = await verifiedPayload(token, trusted)
  if (!payload) return { ok: false, reason: 'signature' }
  const members = parseStrictJsonObject(payload)
  if (!members) return { ok: false, reason: 'malformed' }
  const read = readClaims(members, expected, now)
  return read.ok ? { ok: true, claims: read.claims, kid } : read
}

const verifiedPayload = async (
  token: string,
  { key, alg }: { key: CryptoKey; alg: string },
): Promise<Uint8Array | null> => {
  try {
    return (await compactVerify(token, key, { algorithms: [alg] })).payload
  } catch (error) {
    // By `code`: class names are minified in the edge bundle. Anything else is a fault of ours, not of the token.
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code.startsWith('ERR_JWS_') || code.startsWith('ERR_JOSE_')) return null
    throw error
  }
}
