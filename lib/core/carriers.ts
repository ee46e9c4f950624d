// What a request carries: its access and refresh cookies, read as one. Two identities in one request are none.
import { type CookieReading, cookieName, cookieValue, readCookie } from './cookies'
import { parseRefreshToken } from './refresh-token'
import type { CarrierReason } from './verdict'

export type Carried = {
  access: string | null
  /** The refresh cookie's text, only when it has the form of one. */
  refresh: string | null
  /** The session that the refresh cookie names; not proof of anything by itself. */
  refreshSid: string | null
  problem: CarrierReason | null
}

/** A request that counts as carrying nothing. */
export const carriesNothing = (problem: CarrierReason): Carried => ({
  access: null,
  refresh: null,
  refreshSid: null,
  problem,
})

/** @param header the raw Cookie header @param secure whether the app is served over https */
export const readCarried = (header: string | null, secure: boolean): Carried => {
  const at: CookieReading = readCookie(header, cookieName('at', secure))
  const rt: CookieReading = readCookie(header, cookieName('rt', secure))
  if (at === 'duplicated' || rt === 'duplicated') return carriesNothing('duplicated')
  const access = cookieValue(at)
  const text = cookieValue(rt)
  const parsed = text === null ? null : parseRefreshToken(text)
  if (access === null && !parsed) return carriesNothing('missing')
  return { access, refresh: parsed ? text : null, refreshSid: parsed?.sid ?? null, problem: null }
}

/** Alice's access token beside Bob's refresh token is nobody's request. */
export const isMixedIdentity = (carried: Carried, accessSid: string): boolean =>
  carried.refreshSid !== null && carried.refreshSid !== accessSid
