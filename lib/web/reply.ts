// Answers of route handlers. Nothing under /api may be kept by a cache.
import { now } from '../clock'

const withCookies = (response: Response, cookies: readonly string[]): Response => {
  response.headers.set('cache-control', 'private, no-store')
  // By the clock that the times in the body are by: browsers count from it, as their own may be wrong by a day.
  response.headers.set('date', new Date(now()).toUTCString())
  for (const cookie of cookies) response.headers.append('set-cookie', cookie)
  return response
}

export const json = (status: number, body: unknown, cookies: readonly string[] = []): Response =>
  withCookies(Response.json(body, { status, headers: { 'content-type': 'application/json; charset=utf-8' } }), cookies)

/** Where a form post leads (RFC 9110 §15.4.4). @param to a path of this app */
export const seeOther = (to: string, cookies: readonly string[] = []): Response =>
  withCookies(new Response(null, { status: 303, headers: { location: to } }), cookies)

/** The same for a GET that keeps its method. */
export const temporaryRedirect = (to: string, cookies: readonly string[] = []): Response =>
  withCookies(new Response(null, { status: 307, headers: { location: to } }), cookies)

export const noContent = (cookies: readonly string[] = []): Response =>
  withCookies(new Response(null, { status: 204 }), cookies)
