// Where a `next` parameter may lead: a path of this app, spelled plainly, or the default.

/** Printable ASCII, one leading slash. Backslashes, tabs and line ends are how browsers are led elsewhere. */
const plainPath = /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/
const neverTarget = /^\/(?:api\/|\.well-known\/|(?:sign-in|sign-up|verify-email)(?:[/?]|$))/
const base = 'https://origin.invalid'

/** A path of this app as it comes out of a URL parser, or `null`. */
const normalPath = (target: unknown): string | null => {
  if (typeof target !== 'string' || target.length > 2048 || !plainPath.test(target)) return null
  if (!URL.canParse(target, base)) return null
  const url = new URL(target, base)
  const path = `${url.pathname}${url.search}`
  // Checked again after normalising: `/a/..//e` is same-origin and yet comes out as `//e`.
  return url.origin === base && plainPath.test(path) ? path : null
}

/**
 * @returns the normalised path and query (fragment dropped), or `fallback`
 * @example safeRedirect('/..//evil.test', '/dashboard') // '/dashboard'
 */
export const safeRedirect = (target: unknown, fallback: string): string => {
  const path = normalPath(target)
  return path === null || neverTarget.test(path.toLowerCase()) ? fallback : path
}

/** As safeRedirect, for going back to the very page that a form was on: sign-in and its kin are allowed. */
export const safePagePath = (target: unknown): string => {
  const path = normalPath(target)
  return path === null || path.toLowerCase().startsWith('/api/') ? '/' : path
}
