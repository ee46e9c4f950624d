// Names and attributes of our cookies, and the one way to read them from a raw Cookie header (RFC 6265 §4.2).
// Next's reader takes the last of two equal names and iron-session's the first; here a name that comes twice is none.
import { slug } from './product'

/** `device` says in which browser this is, never who is there. */
export type CookieKind = 'at' | 'rt' | 'flow' | 'device'

/** `__Host-Http-` keeps a cookie from scripts and sibling hosts; over http (loopback only) browsers refuse prefixes. */
export const cookieName = (kind: CookieKind, secure: boolean): string =>
  `${secure ? '__Host-Http-' : ''}${slug}-${kind}`

export type CookieReading = { value: string } | 'absent' | 'duplicated'

/** Every name=value pair of the header. Spaces alone may stand before a name: a tab or U+00A0 makes another name. */
const pairs = (header: string): [string, string][] =>
  header.split(';').map((pair) => {
    const cut = pair.indexOf('=')
    return [pair.slice(0, Math.max(cut, 0)).replace(/^ +/, ''), pair.slice(cut + 1).replace(/^[ \t]+|[ \t]+$/g, '')]
  })

export const readCookie = (header: string | null, name: string): CookieReading => {
  if (!header?.includes(name)) return 'absent'
  const values = pairs(header).filter(([key]) => key === name)
  if (values.length > 1) return 'duplicated'
  const [found] = values
  return found ? { value: found[1] } : 'absent'
}

/** Every value that comes under a name: for ending sessions, never for accepting one. */
export const cookieValues = (header: string | null, name: string): string[] =>
  pairs(header ?? '').flatMap(([key, value]) => (key === name && value !== '' ? [value] : []))

/** The value when the cookie is there exactly once and not empty. */
export const cookieValue = (reading: CookieReading): string | null =>
  typeof reading === 'object' && reading.value !== '' ? reading.value : null

/** @param maxAge seconds; left out for a cookie that ends with the browser, 0 to clear */
export const serializeCookie = (name: string, value: string, secure: boolean, maxAge?: number): string =>
  `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}${maxAge === undefined ? '' : `; Max-Age=${maxAge}`}`

export const clearedCookie = (kind: CookieKind, secure: boolean): string =>
  serializeCookie(cookieName(kind, secure), '', secure, 0)
