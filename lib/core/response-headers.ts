// Security headers of every answer, errors and redirects included (OWASP ASVS 5 §3.4).

const fixedDirectives =
  "img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"

/**
 * @param nonce fresh random base64 for this answer alone
 * @param connectTo other origins that scripts may call, each one that connect-origin.ts has let pass
 */
export const contentSecurityPolicy = (nonce: string, development: boolean, connectTo: readonly string[]): string =>
  `default-src 'self'; script-src 'nonce-${nonce}' 'strict-dynamic'${development ? ` 'unsafe-eval'` : ''}; ` +
  `style-src 'self' ${development ? `'unsafe-inline'` : `'nonce-${nonce}'`}; ` +
  `connect-src ${["'self'", ...connectTo].join(' ')}; ${fixedDirectives}`

/** What keeps an answer between this server and this browser. */
export const privateHeaders: Headers = [
  ['cache-control', 'private, no-store'],
  ['cross-origin-resource-policy', 'same-origin'],
]

type Headers = readonly (readonly [string, string])[]

const fixed: Headers = [
  ['x-content-type-options', 'nosniff'],
  // `no-referrer` would make browsers send `Origin: null` with our own form posts.
  ['referrer-policy', 'same-origin'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['x-frame-options', 'DENY'],
  [
    'permissions-policy',
    'camera=(), microphone=(), geolocation=(), browsing-topics=(), publickey-credentials-get=(self), publickey-credentials-create=(self)',
  ],
]
const fixedOverHttps: Headers = [...fixed, ['strict-transport-security', 'max-age=63072000; includeSubDomains']]

/** Headers that are the same for every answer of one deployment. @param secure whether the app is served over https */
export const fixedSecurityHeaders = (secure: boolean): Headers => (secure ? fixedOverHttps : fixed)
