// Which host names are ours. Anything else is DNS rebinding, a wrong proxy or a poisoned link.

/** Documents for machines, asked under whatever name reaches this process. */
const anyHost = ['/.well-known/', '/api/health/']

/** A name or address and a port: nothing that a URL parser would take for a user, a path or a query. */
const form = /^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?$/

export type OwnHost = {
  /** APP_URL. Parsed once: what follows is asked of every request. */
  app: URL
  local: boolean
  isLoopback: (hostname: string) => boolean
}

/** @param host the Host header */
export const answersFor = (host: string | null, pathname: string, { app, local, isLoopback }: OwnHost): boolean => {
  if (host === app.host) return true
  if (anyHost.some((prefix) => pathname.startsWith(prefix))) return true
  if (host === null || !form.test(host) || !URL.canParse(`http://${host}`)) return false
  // Parsed, so that a default port that is spelled out is the same host.
  if (new URL(`${app.protocol}//${host}`).host === app.host) return true
  return local && isLoopback(new URL(`http://${host}`).hostname)
}

/** Origins whose pages are ours: APP_URL's, and in local mode the loopback name that was asked. */
export const ownOrigins = (host: string | null, { app, local, isLoopback }: OwnHost): readonly string[] => {
  const { origin } = app
  const asked = host === null ? '' : `http://${host}`
  return local && URL.canParse(asked) && isLoopback(new URL(asked).hostname) ? [origin, asked] : [origin]
}
