// Every page and handler of the app, declared once. What is not here is private; the build fails when a file under
// app/ is missing here or the other way round.

/**
 * - `public`: anybody, and the gate looks at no token.
 * - `guest`: for people without a session (sign-in); one that can be refreshed is refreshed first.
 * - `session`: only with a session.
 */
export type Access = 'public' | 'guest' | 'session'

export type Route = {
  /** Path with `[name]` for one free segment. */
  path: string
  kind: 'page' | 'handler'
  access: Access
  methods: readonly string[]
  /** Only in local mode (APP_URL on a loopback host); 404 elsewhere. */
  local?: true
  /** Of the lab: 404 with LAB=off, without a session only with LAB=public; `closed`: not even then. */
  lab?: true | 'closed'
  /** The gate tells its page what it did with the request. */
  traced?: true
  /** Its handler answers for itself also without a session: what a form brings must not be lost. */
  held?: true
  /** The same for everybody: other origins may read it and caches may keep it for as long as the handler says. */
  shared?: true
}

const page = (path: string, access: Access): Route => ({ path, kind: 'page', access, methods: ['GET', 'HEAD'] })
const handler = (path: string, access: Access, ...methods: string[]): Route => ({
  path,
  kind: 'handler',
  access,
  methods,
})
/** A form may be sent when its session has ended: the handler holds on to what was typed, the gate could only refuse. */
const sentTooLate = (route: Route): Route => ({ ...route, held: true })
const ofLab = (route: Route): Route => ({ ...route, lab: true })
const probe = (route: Route): Route => ({ ...route, lab: 'closed' })
const localOnly = (route: Route): Route => ({ ...route, local: true })

export const routes: readonly Route[] = [
  page('/', 'public'),
  page('/sign-up', 'guest'),
  page('/sign-in', 'guest'),
  page('/sign-in/second-factor', 'public'),
  page('/sign-in/email', 'public'),
  page('/undo-email', 'public'),
  page('/undo-deletion', 'public'),
  page('/verify-email', 'public'),
  page('/verify-email/confirm', 'public'),
  page('/not-me', 'public'),
  page('/forgot-password', 'public'),
  page('/reset-password', 'public'),
  page('/reauthenticate', 'session'),
  page('/dashboard', 'session'),
  page('/settings/profile', 'session'),
  page('/settings/sessions', 'session'),
  page('/settings/sessions/[id]', 'session'),
  page('/settings/tokens', 'session'),
  page('/settings/activity', 'session'),
  page('/settings/data', 'session'),
  page('/settings/security', 'session'),
  page('/settings/security/authenticator', 'session'),
  ofLab(page('/lab', 'session')),
  { ...ofLab(page('/lab/request', 'session')), traced: true },
  ofLab(page('/lab/tamper', 'session')),
  ofLab(page('/lab/attacks', 'session')),
  ofLab(page('/lab/keys', 'session')),
  ofLab(page('/lab/revoke', 'session')),
  ofLab(page('/lab/refresh', 'session')),
  ofLab(page('/lab/integrate', 'session')),
  // What attacks are shown to: the gate looks at no token here, so that the page and its action answer alone.
  probe({ ...page('/lab/probe', 'public'), methods: ['GET', 'HEAD', 'POST'] }),
  localOnly(page('/dev/mail', 'public')),
  localOnly(page('/dev/mail/[id]', 'public')),
  localOnly(page('/dev/mails', 'public')),
  ofLab(sentTooLate(handler('/api/lab/revoke', 'session', 'POST'))),
  ofLab(sentTooLate(handler('/api/lab/refresh', 'session', 'POST'))),
  ofLab(sentTooLate(handler('/api/lab/keys', 'session', 'POST'))),
  ofLab(sentTooLate(handler('/api/lab/attacks', 'session', 'POST'))),
  // Behind the gate nobody looks, and the other way round.
  probe(handler('/api/lab/gate', 'session', 'GET', 'HEAD')),
  probe(handler('/api/lab/probe', 'public', 'GET', 'HEAD')),
  handler('/verify-email/link', 'public', 'GET', 'HEAD'),
  handler('/undo-deletion/link', 'public', 'GET', 'HEAD'),
  handler('/undo-email/link', 'public', 'GET', 'HEAD'),
  handler('/not-me/link', 'public', 'GET', 'HEAD'),
  handler('/reset-password/link', 'public', 'GET', 'HEAD'),
  handler('/api/auth/sign-up', 'public', 'POST'),
  handler('/api/auth/verify-email', 'public', 'POST'),
  handler('/api/auth/verify-email/resend', 'public', 'POST'),
  handler('/api/auth/sign-in', 'public', 'POST'),
  handler('/api/auth/sign-in/second-factor', 'public', 'POST'),
  handler('/api/auth/sign-in/email', 'public', 'POST'),
  handler('/api/auth/sign-in/email/verify', 'public', 'POST'),
  localOnly(handler('/api/auth/demo', 'public', 'POST')),
  handler('/api/auth/refresh', 'public', 'GET', 'HEAD', 'POST'),
  // Takes a session or a personal access token, and only Node knows the latter.
  handler('/api/auth/token', 'public', 'POST'),
  handler('/api/auth/sign-out', 'public', 'POST'),
  handler('/api/auth/session', 'session', 'GET', 'HEAD'),
  handler('/api/auth/sessions', 'session', 'GET', 'HEAD'),
  sentTooLate(handler('/api/auth/sessions/end', 'session', 'POST')),
  sentTooLate(handler('/api/auth/sessions/rename', 'session', 'POST')),
  sentTooLate(handler('/api/auth/sessions/end-others', 'session', 'POST')),
  handler('/api/auth/sessions/disown', 'public', 'POST'),
  handler('/api/auth/sessions/[id]', 'session', 'DELETE'),
  sentTooLate(handler('/api/auth/tokens', 'session', 'GET', 'HEAD', 'POST')),
  sentTooLate(handler('/api/auth/tokens/revoke', 'session', 'POST')),
  handler('/api/auth/tokens/[id]', 'session', 'DELETE'),
  sentTooLate(handler('/api/auth/reauthenticate', 'session', 'POST')),
  sentTooLate(handler('/api/auth/passkeys', 'session', 'GET', 'HEAD', 'POST')),
  sentTooLate(handler('/api/auth/passkeys/options', 'session', 'POST')),
  sentTooLate(handler('/api/auth/passkeys/rename', 'session', 'POST')),
  sentTooLate(handler('/api/auth/passkeys/remove', 'session', 'POST')),
  handler('/api/auth/passkeys/sign-in', 'public', 'POST'),
  handler('/api/auth/passkeys/sign-in/options', 'public', 'POST'),
  sentTooLate(handler('/api/auth/passkeys/reauthenticate', 'session', 'POST')),
  sentTooLate(handler('/api/auth/passkeys/reauthenticate/options', 'session', 'POST')),
  handler('/api/auth/passkeys/[id]', 'session', 'DELETE'),
  handler('/api/auth/password/forgot', 'public', 'POST'),
  handler('/api/auth/password/reset', 'public', 'POST'),
  sentTooLate(handler('/api/auth/password/set', 'session', 'POST')),
  sentTooLate(handler('/api/auth/password/remove', 'session', 'POST')),
  sentTooLate(handler('/api/auth/password/change', 'session', 'POST')),
  sentTooLate(handler('/api/auth/reauthenticate/email', 'session', 'POST')),
  sentTooLate(handler('/api/auth/profile', 'session', 'POST')),
  sentTooLate(handler('/api/auth/email/change', 'session', 'POST')),
  sentTooLate(handler('/api/auth/email/confirm', 'session', 'POST')),
  handler('/api/auth/email/undo', 'public', 'POST'),
  sentTooLate(handler('/api/auth/totp/begin', 'session', 'POST')),
  sentTooLate(handler('/api/auth/totp/confirm', 'session', 'POST')),
  sentTooLate(handler('/api/auth/totp/remove', 'session', 'POST')),
  sentTooLate(handler('/api/auth/recovery-codes', 'session', 'POST')),
  sentTooLate(handler('/api/auth/account/export', 'session', 'POST')),
  sentTooLate(handler('/api/auth/account/delete', 'session', 'POST')),
  handler('/api/auth/account/restore', 'public', 'POST'),
  // Also without a session: it begins sign-ins. Connecting asks for one by itself.
  handler('/api/auth/oidc/[id]', 'public', 'POST'),
  handler('/api/auth/oidc/[id]/callback', 'public', 'GET', 'HEAD'),
  sentTooLate(handler('/api/auth/connected/disconnect', 'session', 'POST')),
  handler('/unavailable', 'public', 'GET', 'HEAD'),
  handler('/api/theme', 'public', 'POST'),
  { ...handler('/api/openapi.json', 'public', 'GET', 'HEAD'), shared: true },
  handler('/api/health/live', 'public', 'GET', 'HEAD'),
  handler('/api/health/ready', 'public', 'GET', 'HEAD'),
  handler('/.well-known/change-password', 'public', 'GET', 'HEAD'),
  { ...handler('/.well-known/revocations', 'public', 'GET', 'HEAD'), shared: true },
  { ...handler('/.well-known/oauth-authorization-server', 'public', 'GET', 'HEAD', 'OPTIONS'), shared: true },
  { ...handler('/.well-known/jwks.json', 'public', 'GET', 'HEAD', 'OPTIONS'), shared: true },
]

const segment = /^[A-Za-z0-9_-]{1,64}$/
const exact = new Map(routes.filter(({ path }) => !path.includes('[')).map((route) => [route.path, route]))
const patterns = routes
  .filter(({ path }) => path.includes('['))
  .map((route) => ({ route, parts: route.path.split('/') }))

/**
 * The declaration that a path meets, compared byte for byte: `/%64ashboard` or `/Dashboard` meets none and is private.
 */
export const matchRoute = (pathname: string): Route | null => {
  const found = exact.get(pathname)
  if (found) return found
  const given = pathname.split('/')
  const fits = ({ parts }: { parts: string[] }) =>
    parts.length === given.length &&
    parts.every((part, i) => (part.startsWith('[') ? segment.test(given[i] ?? '') : part === given[i]))
  return patterns.find(fits)?.route ?? null
}

/** Whether errors are spoken in JSON here (declared or not). */
export const speaksJson = (pathname: string): boolean =>
  pathname.startsWith('/api/') || pathname.startsWith('/.well-known/')
