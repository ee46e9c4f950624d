// The one way for handlers to ask who is there. A session whose access token is spent is refreshed in place.
import { type Checked, checkSession } from '../auth/check-session'
import { refreshSession } from '../auth/refresh'
import { AppError } from '../core/errors'
import { sessionCookies } from './cookies'
import type { Call } from './route'

type Asked = Pick<Call<unknown>, 'context' | 'carried' | 'client' | 'now'>

/** @returns the session and the cookies that the answer must set @throws AppError `unauthenticated` */
export const requireSession = async ({
  context,
  carried,
  client,
  now,
}: Asked): Promise<{ checked: Checked & { ok: true }; cookies: string[] }> => {
  const checked = await checkSession(context, carried, now)
  if (checked.ok) return { checked, cookies: [] }
  if (carried.refresh === null || checked.reason === 'mixed_identity') throw new AppError('unauthenticated')
  const refreshed = await refreshSession(context, carried.refresh, client, now)
  if (!refreshed.ok) throw new AppError('unauthenticated')
  const { access, refresh } = refreshed.tokens
  const again = await checkSession(context, { ...carried, access, refresh }, now)
  if (!again.ok) throw new AppError('unauthenticated')
  return { checked: again, cookies: sessionCookies(refreshed.tokens, context.env, now) }
}
