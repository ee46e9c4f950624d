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

/**
 * Says that nobody asked for this request: a prefetch, a poll, a refresh ahead of time. It is no activity. A client may
 * say it of itself, as it can only shorten its own session by it.
 */
export const backgroundHeader = 'x-handstamp-background'

/** Written by the gate: path and query of the page that was asked for. */
export const pathHeader = 'x-handstamp-path'

/** Written by the gate: the id of the message that the page asked for shows. */
export const flashHeader = 'x-handstamp-flash'

export const isIdentityHeader = (name: string): boolean =>
  names.has(name) || (name.startsWith('x-handstamp-') && name !== peerHeader && name !== backgroundHeader)
