// Which other origins the policy of our pages may let scripts call. Knows nothing of what they answer.

const loopback = new Set(['localhost', '127.0.0.1'])

/**
 * Whether a text is one exact origin that `connect-src` can name (CSP 3 §2.3.1): https, or http on loopback. URL takes
 * `*` and `;` for parts of a host name, which in a policy are all hosts and the next directive.
 */
export const isConnectOrigin = (text: string): boolean => {
  if (!/^https?:\/\/[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?$/.test(text) || !URL.canParse(text)) return false
  const { origin, protocol, hostname } = new URL(text)
  return origin === text && (protocol === 'https:' || loopback.has(hostname))
}
