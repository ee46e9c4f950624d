// What our own server writes into the headers of a request, over whatever the client says there. It alone sees a request
// as it came: Next takes the headers of a prefetch away before the gate and the pages look.

/** All headers that start like this are ours. The names are those of lib/core/identity-headers.ts (a test compares). */
const ours = 'x-handstamp-'
export const peerHeader = `${ours}peer`
export const clockHeader = `${ours}clock`
export const backgroundHeader = `${ours}background`

const routerPrefetch = new Set(['next-router-prefetch', 'next-router-segment-prefetch'])
const purposes = new Set(['sec-purpose', 'purpose', 'x-moz'])

/** @param {string} name @param {string} value */
const saysBackground = (name, value) =>
  name === backgroundHeader || routerPrefetch.has(name) || (purposes.has(name) && /prefetch|prerender/i.test(value))

/**
 * Whether nobody is at work behind a request, by its own word: it can only end its own session sooner.
 * @param {readonly string[]} rawHeaders
 */
export const isBackground = (rawHeaders) =>
  rawHeaders.some((name, i) => i % 2 === 0 && saysBackground(name.toLowerCase(), rawHeaders[i + 1] ?? ''))

/**
 * Takes every header away that is ours to write, and writes these.
 * @param {Pick<import('node:http').IncomingMessage, 'headers' | 'rawHeaders'>} request
 * @param {Record<string, string>} marks
 */
export const markRequest = (request, marks) => {
  const { headers, rawHeaders } = request
  for (const name of Object.keys(headers)) if (name.startsWith(ours)) delete headers[name]
  Object.assign(headers, marks)
  const theirs = rawHeaders.filter((_, i) => !rawHeaders[i - (i % 2)]?.toLowerCase().startsWith(ours))
  request.rawHeaders = [...theirs, ...Object.entries(marks).flat()]
}
