// Who a request is from that brings what a personal access token was exchanged for: the same verifier as for sessions, then
// the token's row in place of a session's.
import type { Carried } from '../core/carriers'
import { type AccessClaims, isPersonal } from '../core/claims'
import { verifyRemembered } from '../core/remembered'
import { findPersonalToken, type PersonalToken } from '../db/personal-tokens'
import type { User } from '../db/users'
import type { Context } from './context'
import { endOfPersonalToken } from './personal-tokens'

export type PersonalCaller = { user: User; personalToken: PersonalToken; claims: AccessClaims }

/** @returns `null` unless such a token comes alone, without cookies, and still counts */
export const checkPersonalToken = async (
  context: Context,
  carried: Carried,
  now: number,
): Promise<PersonalCaller | null> => {
  if (carried.bearer === undefined || carried.problem !== 'missing') return null
  const { keyring } = await context.keys(now)
  const verdict = await verifyRemembered(context.remembered, carried.bearer, keyring, context.expected, now)
  if (!verdict.ok) return null
  const { claims } = verdict
  if (!isPersonal(claims) || claims.client_id !== claims.sid) return null
  const found = await findPersonalToken(context.db, { id: claims.sid })
  if (!found || endOfPersonalToken(found.token, found.user, now)) return null
  const { token: personalToken, user } = found
  const own = user.id === claims.sub && user.epoch === claims.epoch && personalToken.audience === claims.aud
  return own ? { user, personalToken, claims } : null
}
