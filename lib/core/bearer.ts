// The token of an Authorization header (RFC 6750 §2.1). Other schemes are none of ours: a proxy may ask for its own.

const form = /^bearer +([A-Za-z0-9._~+/-]+=*) *$/i

/** @returns the token's text, empty when it has no such form; `null` where no bearer token was sent */
export const readBearer = (authorization: string | null): string | null => {
  if (authorization === null || !/^bearer( |$)/i.test(authorization)) return null
  return form.exec(authorization)?.[1] ?? ''
}

/** What a 401 says to whoever came with a bearer token (RFC 6750 §3); the same for every defect. */
export const challenge = 'Bearer'
