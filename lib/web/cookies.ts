// The only writer of auth cookies. Every attribute is decided in lib/core/cookies.

import type { Tokens } from '../auth/issue-session'
import { clearedCookie, cookieName, serializeCookie } from '../core/cookies'
import type { Env } from '../env'

type Deployment = Pick<Env, 'secure'>

/** `Set-Cookie` values for a session. They end with the browser unless the person asked to be kept signed in. */
export const sessionCookies = (tokens: Tokens, { secure }: Deployment, now: number): string[] => {
  const keep = tokens.keepUntil === null ? undefined : Math.max(1, Math.floor((tokens.keepUntil - now) / 1000))
  return [
    serializeCookie(cookieName('at', secure), tokens.access, secure),
    serializeCookie(cookieName('rt', secure), tokens.refresh, secure, keep),
  ]
}

/** A new access token for a session whose refresh token stays: sent again, that one could overtake a newer one. */
export const accessCookie = (tokens: Tokens, { secure }: Deployment): string =>
  serializeCookie(cookieName('at', secure), tokens.access, secure)

export const clearSession = ({ secure }: Deployment): string[] => [
  clearedCookie('at', secure),
  clearedCookie('rt', secure),
]

/** How long a browser is known, seconds: the most that browsers keep a cookie. */
const deviceLife = 400 * 86_400

/** Renewed at each sign-in. */
export const deviceCookie = (id: string, { secure }: Deployment): string =>
  serializeCookie(cookieName('device', secure), id, secure, deviceLife)

/** @param maxAge seconds */
export const flowCookie = (seal: string, { secure }: Deployment, maxAge: number): string =>
  serializeCookie(cookieName('flow', secure), seal, secure, maxAge)

export const clearFlow = ({ secure }: Deployment): string => clearedCookie('flow', secure)
