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

/** Written by the gate: the id of the message that the page asked for shows. */
export const flashHeader = 'x-handstamp-flash'

export const isIdentityHeader = (name: string): boolean =>
  names.has(name) || (name.startsWith('x-handstamp-') && name !== peerHeader)
