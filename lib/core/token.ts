// The verifier of access tokens: a strict profile in front of jose. The gate, pages, handlers and actions all call it.
import { type AccessClaims, type Expected, readClaims } from './claims'
import { maxTokenBytes } from './compact'
import type { Keyring } from './keyring'
import { looksSealed, openSealedToken } from './sealed-token'
import { openSigned } from './signed'
import type { TokenReason } from './verdict'

/** Explicit typing (RFC 9068 §2.1, RFC 8725 §3.11): a token of another kind is refused even with a good signature. */
export const accessTokenType = 'at+jwt'

export type TokenVerdict = { ok: true; claims: AccessClaims; kid: string } | { ok: false; reason: TokenReason }

/**
 * Verifies an access token: that we have signed it, then its claims.
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
  const { unsealWith } = expected
  const inner =
    unsealWith && looksSealed(token) ? await openSealedToken(token, unsealWith) : { ok: true as const, token }
  if (!inner.ok) return inner
  const opened = await openSigned(inner.token, accessTokenType, keyring, maxTokenBytes)
  if (!opened.ok) return opened
  const read = readClaims(opened.members, expected, now)
  return read.ok ? { ok: true, claims: read.claims, kid: opened.kid } : read
}
