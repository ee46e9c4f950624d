// The gate's decisions, pure: what a request may do before and after its token is known. Deny by default. It knows no
// cookies' text, no keys and no response objects; lib/edge carries out what is decided here.
import type { Carried } from './carriers'
import type { ErrorCode } from './errors'
import { isSafeMethod } from './origin'
import { matchRoute, type Route, speaksJson } from './routes'

export const bodyMost = 16_384

export type GateRequest = {
  method: string
  pathname: string
  /** With its question mark, or empty. */
  search: string
  contentLength: string | null
  contentEncoding: string | null
  sameOrigin: boolean
}

export type GateDecision =
  | { do: 'pass'; shared: boolean }
  | { do: 'redirect'; to: string; clear: boolean }
  | { do: 'refuse'; code: ErrorCode; allow?: readonly string[] }

/** The token has to be looked at before anything can be said. `open`: also without one it is let through. */
export type NeedsLook = { do: 'verify'; route: Route | null; open?: true }

/** Where and how this server is set up, as far as the gate cares. */
export type Place = {
  /** Whether local mode is on. */
  local: boolean
  /** Whether there is a lab, and for whom. */
  lab: 'on' | 'off' | 'public'
}

const privately: GateDecision = { do: 'pass', shared: false }

const isTooLarge = (contentLength: string | null) =>
  contentLength !== null && !(/^[0-9]{1,9}$/.test(contentLength) && Number(contentLength) <= bodyMost)

/** Everything that needs no token. */
export const decideUnseen = (request: GateRequest, { local, lab }: Place): GateDecision | NeedsLook => {
  const route = matchRoute(request.pathname)
  if ((route?.local && !local) || (route?.lab && lab === 'off')) return { do: 'refuse', code: 'not_found' }
  if (route && !route.methods.includes(request.method))
    return { do: 'refuse', code: 'method_not_allowed', allow: route.methods }
  if (!isSafeMethod(request.method)) {
    if (!request.sameOrigin) return { do: 'refuse', code: 'forbidden_origin' }
    if (isTooLarge(request.contentLength)) return { do: 'refuse', code: 'body_too_large' }
    if (request.contentEncoding !== null) return { do: 'refuse', code: 'unsupported_media_type' }
  }
  if (route?.access === 'public') return { do: 'pass', shared: route.shared ?? false }
  return route?.lab === true && lab === 'public' ? { do: 'verify', route, open: true } : { do: 'verify', route }
}

/** Cookies that say two things at once are of no use to anybody: they are cleared. */
const contradicts = ({ problem }: Carried) => problem === 'duplicated' || problem === 'mixed_identity'

/** Where a refresh or a sign-in should lead: here, or from a page for guests to where that one would lead. */
const target = ({ pathname, search }: GateRequest, route: Route | null): string => {
  const onwards = route?.access === 'guest' ? (new URLSearchParams(search).get('next') ?? '') : `${pathname}${search}`
  return encodeURIComponent(onwards)
}

/**
 * What to do once the token was looked at.
 * @param authentic whether the access token is good and belongs with the refresh token beside it
 * @param open whether it goes on without a session too
 */
export const decideSeen = (
  request: GateRequest,
  route: Route | null,
  carried: Carried,
  authentic: boolean,
  open = false,
): GateDecision => {
  const isPage = route ? route.kind === 'page' : !speaksJson(request.pathname)
  if (authentic) return route || isPage ? privately : { do: 'refuse', code: 'not_found' }
  const canNavigate = request.method === 'GET' || request.method === 'HEAD'
  // A message is on its way to a page for guests: the refresh was tried, and this is where it led.
  if (route?.access === 'guest' && new URLSearchParams(request.search).has('flash')) return privately
  if (isPage && canNavigate && carried.refresh !== null)
    return { do: 'redirect', to: `/api/auth/refresh?next=${target(request, route)}`, clear: false }
  if (route?.access === 'guest' || open) return privately
  // A declared handler with a refresh token goes on to Node, which can refresh in place and decides for itself.
  if (route?.kind === 'handler' && carried.refresh !== null) return privately
  if (route?.held && request.method === 'POST') return privately
  if (!isPage) return { do: 'refuse', code: 'unauthenticated' }
  return { do: 'redirect', to: `/sign-in?next=${target(request, route)}`, clear: contradicts(carried) }
}
