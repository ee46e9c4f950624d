// Whether a session row still counts, whatever token came for it.
import type { EndReason } from './verdict'

export type SessionState = {
  epoch: number
  idleExpiresAt: number
  expiresAt: number
  endedAt: number | null
  endedReason: string | null
}
export type HolderState = { epoch: number; disabledAt: number | null }

const reasons: ReadonlySet<string> = new Set<EndReason>([
  'signed_out',
  'replaced',
  'ended_elsewhere',
  'others_ended',
  'password_changed',
  'factor_changed',
  'account_deleted',
  'email_restored',
  'evicted',
  'disowned',
  'admin',
  'idle',
  'absolute',
  'reuse',
  'generation_ahead',
  'user_disabled',
  'all_ended',
])
const isEndReason = (text: string | null): text is EndReason => text !== null && reasons.has(text)

/** @param now milliseconds @returns why the session is over, or `null` while it lives */
export const endOf = (session: SessionState, user: HolderState, now: number): EndReason | null => {
  if (session.endedAt !== null) return isEndReason(session.endedReason) ? session.endedReason : 'signed_out'
  if (user.disabledAt !== null) return 'user_disabled'
  if (session.epoch !== user.epoch) return 'all_ended'
  if (session.expiresAt <= now) return 'absolute'
  return session.idleExpiresAt <= now ? 'idle' : null
}

/** How long a proof of who one is counts as fresh, milliseconds. */
export const freshFor = 10 * 60_000

/** Whether a sensitive change may go on without another proof. */
export const isFresh = (session: { authTime: number }, now: number): boolean =>
  Math.abs(now - session.authTime) < freshFor
