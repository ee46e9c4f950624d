// The one way for handlers to ask who is there. A session whose access token is spent is refreshed in place.
import { checkPersonalToken, type PersonalCaller } from '../auth/check-personal-token'
import { type Checked, checkSession, judgeSession } from '../auth/check-session'
import { refreshSession } from '../auth/refresh'
import { isBearerToken } from '../core/carriers'
import { AppError } from '../core/errors'
import { isFresh } from '../core/session-state'
import { sessionCookies } from './cookies'
import type { Call } from './route'

type Asked = Pick<Call<unknown>, 'context' | 'carried' | 'background' | 'client' | 'now' | 'setCookies'>
type Here = Checked & { ok: true }

/**
 * By cookies, or by a bearer token for ourselves.
 * @throws AppError `unauthenticated`. New tokens go with the answer, whatever it will be.
 */
export const requireSession = async (asked: Asked): Promise<Here> => {
  const { context, carried, background, client, now } = asked
  const checked = await checkSession(context, carried, now, background)
  if (checked.ok) return checked
  if (carried.refresh === null || checked.reason === 'mixed_identity') throw new AppError('unauthenticated')
  const refreshed = await refreshSession(context, carried.refresh, client, now, background)
  if (!refreshed.ok) throw new AppError('unauthenticated')
  const { access, refresh } = refreshed.tokens
  // The answer that brings them may get lost: confirmed, its owner's next try would be taken for a thief's.
  const again = await judgeSession(context, { ...carried, access, refresh }, now)
  if (!again.ok) throw new AppError('unauthenticated')
  asked.setCookies.push(...sessionCookies(refreshed.tokens, context.env, now))
  return again
}

/**
 * As requireSession, or whoever brings what a personal access token was exchanged for: for handlers that scripts call. A
 * script has no session, so whatever is about sessions asks with requireSession and is closed to it.
 */
export const requireCaller = async (asked: Asked): Promise<Here | PersonalCaller> =>
  (await checkPersonalToken(asked.context, asked.carried, asked.now)) ?? requireSession(asked)

/**
 * As requireSession, by cookies: what hands out new tokens, or changes how one signs in, is not done by bearer, or five
 * minutes would become as many as one likes.
 * @throws AppError `forbidden` as well
 */
export const requireBrowser = async (asked: Asked): Promise<Here> => {
  const checked = await requireSession(asked)
  if (isBearerToken(checked.claims))
    throw new AppError('forbidden', { detail: 'This takes the cookies of a session, not a bearer token.' })
  return checked
}

/** @throws AppError `reauthentication_required` when the last proof is older than ten minutes */
export const mustBeFresh = ({ session }: Pick<Here, 'session'>, now: number): void => {
  if (!isFresh(session, now)) throw new AppError('reauthentication_required')
}

/** @throws AppError `second_factor_required` when the session began with one factor */
const mustHaveSecondFactor = ({ session }: Pick<Here, 'session'>): void => {
  if (!session.amr.includes('mfa')) throw new AppError('second_factor_required')
}

/** As requireBrowser, in a session that began with two factors. @throws AppError `second_factor_required` as well */
export const requireSecondFactor = async (asked: Asked): Promise<Here> => {
  const checked = await requireBrowser(asked)
  mustHaveSecondFactor(checked)
  return checked
}

/** As requireBrowser, proven within the last ten minutes. @throws AppError `reauthentication_required` as well */
export const requireFresh = async (asked: Asked): Promise<Here> => {
  const checked = await requireBrowser(asked)
  mustBeFresh(checked, asked.now)
  return checked
}
