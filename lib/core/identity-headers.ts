// Request headers by which a client could claim to be somebody, somewhere else or another request. The gate removes
// them from every request; nothing of ours believes them either.

const names = new Set([
  'x-user',
  'x-user-id',
  'x-session',
  'x-session-id',
  'x-claims',
  'x-roles',
  'x-nonce',
  'content-security-policy',
  'x-forwarded-host',
  'x-forwarded-server',
  'x-host',
  'forwarded',
  'x-original-url',
  'x-rewrite-url',
  'x-http-method-override',
  'x-http-method',
  'x-method-override',
  'x-middleware-subrequest',
])
/** Written by our own server, with a token that proves it. */
export const peerHeader = 'x-handstamp-peer'

/** Written by our own server under TEST_HOOKS, with the same token: by how much tests have moved the clock. */
export const clockHeader = 'x-handstamp-clock'

/**
 * Says that nobody is at work behind this request: a prefetch, a poll. Written by our own server, which alone sees the
 * prefetch headers before Next takes them away, or by a client of itself: it can only end its own session sooner.
 */
export const backgroundHeader = 'x-handstamp-background'

/** Written by the gate: path and query of the page that was asked for. */
export const pathHeader = 'x-handstamp-path'

/** Written by the gate: the id of the message that the page asked for shows. */
export const flashHeader = 'x-handstamp-flash'

/** Written by the gate for the lab: what it did with this request, under its own mac. */
export const traceHeader = 'x-handstamp-trace'

const passedOn = new Set([peerHeader, backgroundHeader])

export const isIdentityHeader = (name: string): boolean =>
  names.has(name) || (name.startsWith('x-handstamp-') && !passedOn.has(name))
