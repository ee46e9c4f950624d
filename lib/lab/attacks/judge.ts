// What the verifier says to an attack under a keyring of one's choice: it alone, without a gate, a session row or a network.
import { isBearerToken, readCarriedByHandler } from '../../core/carriers'
import type { Expected } from '../../core/claims'
import { cookieName } from '../../core/cookies'
import type { Keyring } from '../../core/keyring'
import { verifyAccessToken } from '../../core/token'
import type { Reason } from '../../core/verdict'
import type { Shown } from './attack'
import type { Target } from './target'

/** The headers by which it travels. */
export const headersOf = ({ cookies, authorization }: Shown, secure: boolean): Record<string, string> => ({
  ...(cookies.length > 0 && { cookie: cookies.map((value) => `${cookieName('at', secure)}=${value}`).join('; ') }),
  ...(authorization && { authorization }),
})

/** @param now milliseconds since 1970 */
export const judge = async (
  shown: Shown,
  keyring: Keyring,
  expected: Expected,
  now: number,
): Promise<Reason | 'accepted'> => {
  const { access, bearer, problem } = readCarriedByHandler(new Headers(headersOf(shown, false)), false)
  const token = bearer ?? access
  if (problem === 'duplicated' || token === null) return problem ?? 'missing'
  const verdict = await verifyAccessToken(token, keyring, expected, now)
  if (!verdict.ok) return verdict.reason
  return isBearerToken(verdict.claims) === (bearer !== undefined) ? 'accepted' : 'wrong_carrier'
}

/** What tokens of the lab's key must say: what those of the target say, within the usual limits. */
export const expectedOfLab = ({ claims: { iss, aud } }: Pick<Target, 'claims'>): Expected => ({
  issuer: String(iss),
  audience: String(aud),
  accessTtl: 300,
  absoluteTtl: 30 * 86_400,
})
