// The signature algorithms that access tokens may have. Each key is for exactly one of them (RFC 8725 §3.1).

export const algorithms = ['ES256', 'EdDSA', 'RS256', 'PS256', 'HS256'] as const

export type Algorithm = (typeof algorithms)[number]
/** Those whose verifiers cannot mint. */
export type PublicAlgorithm = Exclude<Algorithm, 'HS256'>
