// What is refused before Next sees a request, decided from its method, target and raw headers alone. It knows no
// sockets, no settings and no routes.

/** Most bytes of a request's body; the same as lib/core/gate.ts. */
export const bodyMost = 16_384

/** @typedef {{ status: number, headers: Record<string, string>, body: string }} Refused */

/** Codes and words of lib/core/errors.ts where it has them (a test compares), and those of the wire that it never meets. */
const problems = /** @type {const} */ ({
  bad_request: [400, 'The request could not be read. Check its form and send it again.'],
  method_not_allowed: [405, 'This address does not take that method.'],
  request_timeout: [408, 'The request took too long to arrive. Send it again.'],
  body_too_large: [413, 'The request is too large. Send at most 16 KB.'],
  unsupported_media_type: [415, 'Send the body as JSON or as a form, without compression.'],
  upgrade_refused: [426, 'This server speaks plain HTTP only. Send the request without Upgrade.'],
  headers_too_large: [431, 'The headers of the request are too large. Clear the cookies of this site and try again.'],
})

/** @typedef {keyof typeof problems} FrontDoorCode */

/** @type {Partial<Record<FrontDoorCode, Record<string, string>>>} */
const extraHeaders = {
  method_not_allowed: { allow: 'GET, HEAD, POST, DELETE, OPTIONS' },
  // RFC 9110 §15.5.22: a 426 names the protocol that would do.
  upgrade_refused: { upgrade: 'HTTP/1.1' },
}

/**
 * Problem details (RFC 9457) for one refusal, of the shape of problemOf in lib/core/errors.ts.
 * @param {FrontDoorCode} code
 * @returns {Refused}
 */
export const refusedWith = (code) => {
  const [status, title] = problems[code]
  const body = JSON.stringify({ type: 'about:blank', title, status, code })
  return {
    status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'content-length': String(Buffer.byteLength(body)),
      'cache-control': 'private, no-store',
      connection: 'close',
      ...extraHeaders[code],
    },
    body,
  }
}

/**
 * All values of one header, as they were sent: Node joins or drops repeated ones.
 * @param {readonly string[]} rawHeaders
 * @param {string} name in lower case
 */
const valuesOf = (rawHeaders, name) =>
  rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === name)

/** @param {string} length */
const isTooLong = (length) => !(/^[0-9]{1,9}$/.test(length) && Number(length) <= bodyMost)

/**
 * Why a request is turned away, or `null` when Next may see it.
 * @param {{ method?: string | undefined, url?: string | undefined, rawHeaders: readonly string[] }} request
 * @returns {Refused | null}
 * @example refusal({ method: 'TRACE', url: '/', rawHeaders: ['Host', 'localhost'] })?.status // 405
 */
export const refusal = ({ method = '', url = '', rawHeaders }) => {
  const all = (/** @type {string} */ name) => valuesOf(rawHeaders, name)
  if (method === 'TRACE' || method === 'CONNECT') return refusedWith('method_not_allowed')
  // Absolute and asterisk form (RFC 9112 §3.2) carry a second host, or no path, for the gate to be wrong about.
  if (!url.startsWith('/')) return refusedWith('bad_request')
  if (all('host').length !== 1) return refusedWith('bad_request')
  if (all('upgrade').length > 0) return refusedWith('upgrade_refused')
  if (all('content-length').some(isTooLong)) return refusedWith('body_too_large')
  if (all('content-encoding').length > 0) return refusedWith('unsupported_media_type')
  return null
}
