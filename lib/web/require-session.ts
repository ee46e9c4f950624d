// The one way for handlers to ask who is there. A session whose access token is spent is refreshed in place.
import { type Checked, checkSession, judgeSession } from '../auth/check-session'
import { refreshSession } from '../auth/refresh'
import { AppError } from '../core/errors'
import { isFresh } from '../core/session-state'
import { sessionCookies } from './cookies'
import type { Call } from './route'

type Asked = Pick<Call<unknown>, 'context' | 'carried' | 'background' | 'client' | 'now' | 'setCookies'>
type Here = Checked & { ok: true }

/** @throws AppError `unauthenticated`. New tokens go with the answer, whatever it will be. */
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

/** @throws AppError `reauthentication_required` when the last proof is older than ten minutes */
export const mustBeFresh = ({ session }: Pick<Here, 'session'>, now: number): void => {
  if (!isFresh(session, now)) throw new AppError('reauthentication_required')
}

/** As requireSession, proven within the last ten minutes. @throws AppError `reauthentication_required` as well */
export const requireFresh = async (asked: Asked): Promise<Here> => {
  const checked = await requireSession(asked)
  mustBeFresh(checked, asked.now)
  return checked
}
