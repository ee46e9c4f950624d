// Who holds a refresh token: its text, its mac and the session row that it names.
import { isGenuineRefreshToken, parseRefreshToken, type RefreshToken } from '../core/refresh-token'
import { findSession, type Session } from '../db/sessions'
import type { User } from '../db/users'
import type { Context } from './context'

/**
 * The session that a genuine refresh token belongs to, ended ones included; `null` for anything else. Nothing is
 * changed for a bad mac, or whoever learns a sid could sign its owner out.
 */
export const proveRefreshToken = async (
  context: Context,
  text: string | null,
): Promise<{ token: RefreshToken; session: Session; user: User } | null> => {
  const token = text === null ? null : parseRefreshToken(text)
  const found = token && (await findSession(context.db, token.sid))
  if (!found) return null
  for (const key of context.secrets.refresh) {
    if (await isGenuineRefreshToken(key, found.session.salt, token)) return { token, ...found }
  }
  return null
}
