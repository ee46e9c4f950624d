// The verifier of access tokens: a strict profile in front of jose. The gate, pages, handlers and actions all call it.
import { type AccessClaims, type Expected, readClaims } from './claims'
import { maxTokenBytes } from './compact'
import type { Keyring } from './keyring'
import { looksSealed, openSealedToken } from './sealed-token'
import { openSigned } from './signed'
import type { Trace } from './trace'
import type { TokenReason } from './verdict'

/** Explicit typing (RFC 9068 §2.1, RFC 8725 §3.11): a token of another kind is refused even with a good signature. */
export const accessTokenType = 'at+jwt'

export type TokenVerdict = { ok: true; claims: AccessClaims; kid: string } | { ok: false; reason: TokenReason }

/**
 * Verifies an access token: that we have signed it, then its claims.
 * @param now milliseconds since 1970 @param trace is told of each step that is passed
 * @example
 * const verdict = await verifyAccessToken(token, keyring, expected, Date.now())
 * if (verdict.ok) verdict.claims.sub
 */
export const verifyAccessToken = async (
  token: string,
  keyring: Keyring,
  expected: Expected,
  now: number,
  trace?: Trace,
): Promise<TokenVerdict> => {
  const { unsealWith } = expected
  const sealed = unsealWith !== undefined && looksSealed(token)
  const inner = sealed ? await openSealedToken(token, unsealWith) : { ok: true as const, token }
  if (!inner.ok) return inner
  if (sealed) trace?.('unsealed')
  const opened = await openSigned(inner.token, accessTokenType, keyring, maxTokenBytes, trace)
  if (!opened.ok) return opened
  const read = readClaims(opened.members, expected, now, trace)
  return read.ok ? { ok: true, claims: read.claims, kid: opened.kid } : read
}
