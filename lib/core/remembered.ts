// Verdicts of tokens already verified in this process, by their exact text (another spelling misses). Each hit is
// still checked for time and for a trusted key, so remembering never lengthens a token's life.
import { type Expected, isProofTooOld } from './claims'
import type { Keyring } from './keyring'
import { type TokenVerdict, verifyAccessToken } from './token'

export type Remembered = { verdicts: Map<string, TokenVerdict & { ok: true }>; capacity: number }

/** An empty memory for at most `capacity` good verdicts; bad ones are never kept. */
export const rememberUpTo = (capacity: number): Remembered => ({ verdicts: new Map(), capacity })

/** What is known of a token and still true, at once: most requests bring one that was verified before. */
export const recall = (
  memory: Remembered,
  token: string,
  keyring: Keyring,
  expected: Expected,
  now: number,
): (TokenVerdict & { ok: true }) | undefined => {
  const known = memory.verdicts.get(token)
  if (!known) return undefined
  const seconds = now / 1000
  const expired = known.claims.exp <= seconds
  if (!expired && keyring.has(known.kid) && !isProofTooOld(known.claims, expected, seconds)) return known
  memory.verdicts.delete(token)
  return undefined
}

/** As verifyAccessToken, remembering good verdicts. One memory serves one set of `expected` values. */
export const verifyRemembered = async (
  memory: Remembered,
  token: string,
  keyring: Keyring,
  expected: Expected,
  now: number,
): Promise<TokenVerdict> => {
  const known = recall(memory, token, keyring, expected, now)
  if (known) return known
  const verdict = await verifyAccessToken(token, keyring, expected, now)
  if (verdict.ok) {
    const oldest = memory.verdicts.size >= memory.capacity ? memory.verdicts.keys().next() : undefined
    if (oldest && !oldest.done) memory.verdicts.delete(oldest.value)
    memory.verdicts.set(token, verdict)
  }
  return verdict
}
