// Proof that an unsafe request comes from our own pages (Fetch Metadata, RFC 6454): the only CSRF check there is.

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

export const isSafeMethod = (method: string): boolean => safeMethods.has(method)

export type OriginEvidence = {
  secFetchSite: string | null
  origin: string | null
  authorization: boolean
  cookies: boolean
}

export const originEvidence = (headers: Headers): OriginEvidence => ({
  secFetchSite: headers.get('sec-fetch-site'),
  origin: headers.get('origin'),
  authorization: headers.has('authorization'),
  cookies: headers.has('cookie'),
})

/**
 * Both signs must agree where both are there; with neither there is no proof. A bearer token without cookies needs
 * none: a browser never adds it by itself.
 * @param ownOrigins origin of APP_URL; in local mode also the loopback origin that was asked
 */
export const provesSameOrigin = (evidence: OriginEvidence, ownOrigins: readonly string[]): boolean => {
  if (evidence.authorization && !evidence.cookies) return true
  const { secFetchSite, origin } = evidence
  const isOwn = origin !== null && ownOrigins.includes(origin)
  // Some privacy settings send `Origin: null` with a same-origin post; scripts can't forge Sec-Fetch-Site.
  if (secFetchSite === 'same-origin') return isOwn || origin === null || origin === 'null'
  return (secFetchSite === null || secFetchSite === 'none') && isOwn
}
