// What every answer carries as it leaves, whoever gives it: the gate, Next itself (its redirects never meet the gate), a
// built file or the front door. Headers that are there already stay.

/**
 * The same as fixedSecurityHeaders in lib/core/response-headers.ts (a test compares), and the strictest policy for
 * answers that chose none: they are no pages.
 * @param {boolean} secure whether people use the app over https
 * @returns {Record<string, string>}
 */
export const securityHeaders = (secure) => ({
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'permissions-policy':
    'camera=(), microphone=(), geolocation=(), browsing-topics=(), publickey-credentials-get=(self), publickey-credentials-create=(self)',
  ...(secure && { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }),
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
})

/** @param {import('node:http').ServerResponse} response @param {boolean} secure */
const complete = (response, secure) => {
  for (const [name, value] of Object.entries(securityHeaders(secure)))
    if (!response.hasHeader(name)) response.setHeader(name, value)
  const isUnchanged = response.statusCode === 304
  if (response.statusCode >= 300 && !isUnchanged && !response.hasHeader('cache-control'))
    response.setHeader('cache-control', 'private, no-store')
  // Next's pages replace the `Vary: Cookie` that the gate has set by a list of their own.
  const vary = [response.getHeader('vary') ?? []].flat().join(', ')
  const isPrivate = /private|no-store/.test(String(response.getHeader('cache-control')))
  if (isPrivate && !/\bcookie\b/i.test(vary)) response.setHeader('vary', vary === '' ? 'Cookie' : `Cookie, ${vary}`)
}

/** Completes the headers of an answer at the last moment. @param {import('node:http').ServerResponse} response @param {boolean} secure */
export const completeOnLeaving = (response, secure) => {
  const send = response.writeHead
  const sendCompleted = (/** @type {unknown[]} */ ...head) => {
    if (typeof head[0] === 'number') response.statusCode = head[0]
    complete(response, secure)
    return Reflect.apply(send, response, head)
  }
  response.writeHead = /** @type {typeof send} */ (sendCompleted)
}
