// What the keeper in the browser is told of a session: durations, because the browser's own clock may be wrong by a day.
import type { Checked } from '../auth/check-session'
import { freshFor } from '../core/session-state'
import { env } from '../env'

/** All times in milliseconds from `now`. */
export const keeperProps = ({ user, session, claims }: Checked & { ok: true }, now: number) => {
  const { ACCESS_TTL, IDLE_TTL, REMEMBER_IDLE_TTL } = env()
  return {
    word: {
      user: user.id,
      sid: session.id,
      accessEndsIn: claims.exp * 1000 - now,
      idleEndsIn: session.idleExpiresAt - now,
      endsIn: session.expiresAt - now,
      freshFor: session.authTime + freshFor - now,
    },
    lives: { access: ACCESS_TTL * 1000, idle: (session.remember ? REMEMBER_IDLE_TTL : IDLE_TTL) * 1000 },
  }
}
