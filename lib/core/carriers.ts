// What a request carries: its access and refresh cookies, read as one. Two identities in one request are none.
import { readBearer } from './bearer'
import type { AccessClaims } from './claims'
import { type CookieReading, cookieName, cookieValue, cookieValues, readCookie } from './cookies'
import { parseRefreshToken } from './refresh-token'
import type { CarrierReason } from './verdict'

export type Carried = {
  access: string | null
  /** The refresh cookie's text, only when it has the form of one. */
  refresh: string | null
  /** The session that the refresh cookie names; not proof of anything by itself. */
  refreshSid: string | null
  problem: CarrierReason | null
  /** Token of the Authorization header, beside the cookies or in place of them; empty when it has not the form of one. */
  bearer?: string
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

/** The same for handlers, which alone take a token from the Authorization header. */
export const readCarriedByHandler = (headers: Headers, secure: boolean): Carried => {
  const bearer = readBearer(headers.get('authorization'))
  const carried = readCarried(headers.get('cookie'), secure)
  return bearer === null ? carried : { ...carried, bearer }
}

/** At most this many of each are looked at: a header holds 16 KB of whatever somebody likes. */
const mostCandidates = 4

/**
 * Each auth cookie of a request by itself, however they contradict each other: whoever signs out wants all of them to
 * be over.
 */
export const readCandidates = (header: string | null, secure: boolean): Carried[] => {
  const values = (kind: 'at' | 'rt') => cookieValues(header, cookieName(kind, secure)).slice(0, mostCandidates)
  const none = { access: null, refresh: null, refreshSid: null, problem: null }
  return [
    ...values('rt').map((refresh) => ({ ...none, refresh })),
    ...values('at').map((access) => ({ ...none, access })),
  ]
}

/**
 * Tokens of cookies and tokens of bearers exclude each other (RFC 8725 §3.12): only what was asked for by a client is a
 * bearer's, so that neither can be carried over into the other's place.
 */
export const isBearerToken = ({ client_id }: Pick<AccessClaims, 'client_id'>): boolean => client_id !== undefined

/** Alice's access token beside Bob's refresh token is nobody's request. */
export const isMixedIdentity = (carried: Carried, accessSid: string): boolean =>
  carried.refreshSid !== null && carried.refreshSid !== accessSid
