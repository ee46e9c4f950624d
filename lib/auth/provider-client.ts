// Talks to another provider: OpenID Connect, or GitHub's OAuth 2. Code flow with PKCE (RFC 7636), state, nonce and the issuer
// in the answer (RFC 9207). Knows no user of ours.
import * as client from 'openid-client'
import { AppError } from '../core/errors'
import { type ProviderProfile, profileOfClaims, profileOfGithub } from '../core/provider-profile'
import type { Provider } from '../core/providers'
import { log } from '../log'

/** What must come back with the answer: kept by the browser, sealed. */
export type Handshake = { state: string; nonce: string; verifier: string }

/** How long a provider may take for each of its answers, seconds. */
const patience = 5
/** How long what a provider says of itself is believed, milliseconds. */
const believed = 60 * 60_000

const known = new Map<string, { metadata: client.ServerMetadata; at: number }>()

/** GitHub names itself by this path in its answers (RFC 9207), though it has no metadata. */
const githubMetadata = ({ issuer }: Provider): client.ServerMetadata => ({
  issuer: `${issuer}/login/oauth`,
  authorization_endpoint: `${issuer}/login/oauth/authorize`,
  token_endpoint: `${issuer}/login/oauth/access_token`,
})

/** GitHub's own API, or that of an Enterprise server. */
const githubApi = ({ issuer }: Provider, path: string): URL =>
  new URL(issuer === 'https://github.com' ? `https://api.github.com${path}` : `${issuer}/api/v3${path}`)

const metadataAtHand = (provider: Provider, now: number): client.ServerMetadata | null => {
  if (provider.kind === 'github') return githubMetadata(provider)
  const found = known.get(provider.issuer)
  return found && now >= found.at && now - found.at < believed ? found.metadata : null
}

const discover = async ({ issuer, clientId, clientSecret }: Provider, now: number): Promise<client.Configuration> => {
  const plain = issuer.startsWith('http:') ? [client.allowInsecureRequests] : []
  const options = { execute: plain, timeout: patience }
  const secret = client.ClientSecretPost(clientSecret)
  const configuration = await client.discovery(new URL(issuer), clientId, clientSecret, secret, options)
  const metadata = configuration.serverMetadata()
  // Of many tenants each token names its own as its issuer. What discovery knows of that is not in the metadata.
  if (!metadata.issuer.includes('{')) known.set(issuer, { metadata, at: now })
  return configuration
}

/** Made anew each time, so that the provider's keys are those of now: they may have been rotated a moment ago. */
const configurationOf = async (provider: Provider, now: number): Promise<client.Configuration> => {
  const { clientId, clientSecret } = provider
  const metadata = metadataAtHand(provider, now)
  const configuration = metadata
    ? new client.Configuration(metadata, clientId, clientSecret, client.ClientSecretPost(clientSecret))
    : await discover(provider, now)
  configuration.timeout = patience
  if (provider.issuer.startsWith('http:')) client.allowInsecureRequests(configuration)
  // The signature of the ID token is checked although it comes straight from the provider.
  if (provider.kind === 'oidc') client.enableNonRepudiationChecks(configuration)
  return configuration
}

const fault = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : error instanceof Error ? error.name : 'unknown'

/** Answers that were made for another attempt, or tampered with: nothing that waiting cures. */
const isWrongAnswer = (error: unknown): boolean =>
  error instanceof client.AuthorizationResponseError ||
  error instanceof client.ResponseBodyError ||
  /^OAUTH_(?!TIMEOUT|RESPONSE_IS_NOT_(?:JSON|CONFORM))/.test(fault(error))

/** @throws AppError in words for people: what went wrong there, never what was sent */
const refused = (error: unknown): never => {
  if (error instanceof AppError) throw error
  if (error instanceof client.AuthorizationResponseError && error.error === 'access_denied')
    throw new AppError('provider_denied')
  log().warn({ fault: fault(error) }, 'a provider did not vouch for somebody')
  if (isWrongAnswer(error)) throw new AppError('provider_mismatch')
  throw new AppError('provider_unavailable', { retryAfter: 10 })
}

export const newHandshake = (): Handshake => ({
  state: client.randomState(),
  nonce: client.randomNonce(),
  verifier: client.randomPKCECodeVerifier(),
})

/** Where the person goes on. @throws AppError `provider_unavailable` */
export const authorizationUrl = async (
  provider: Provider,
  { state, nonce, verifier }: Handshake,
  redirectUri: string,
  now: number,
): Promise<string> => {
  try {
    const configuration = await configurationOf(provider, now)
    const oidc = provider.kind === 'oidc'
    return client.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: oidc ? 'openid email profile' : 'read:user user:email',
      response_type: 'code',
      state,
      ...(oidc && { nonce }),
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }).href
  } catch (error) {
    return refused(error)
  }
}

const ask = async (configuration: client.Configuration, token: string, url: URL): Promise<unknown> =>
  (await client.fetchProtectedResource(configuration, token, url, 'GET')).json()

const githubProfile = async (provider: Provider, configuration: client.Configuration, token: string) => {
  const user = await ask(configuration, token, githubApi(provider, '/user'))
  const emails = await ask(configuration, token, githubApi(provider, '/user/emails'))
  return profileOfGithub(Object(user), Array.isArray(emails) ? emails.map(Object) : [])
}

/**
 * Who the provider says is there, from the answer that a browser brought.
 * @param answer address of ours with the provider's parameters
 * @throws AppError `provider_denied`, `provider_mismatch`, `provider_unavailable`
 */
export const redeem = async (
  provider: Provider,
  { state, nonce, verifier }: Handshake,
  answer: URL,
  now: number,
): Promise<ProviderProfile> => {
  try {
    const configuration = await configurationOf(provider, now)
    const oidc = provider.kind === 'oidc'
    const tokens = await client.authorizationCodeGrant(configuration, answer, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      ...(oidc && { expectedNonce: nonce, idTokenExpected: true }),
    })
    const profile = oidc
      ? profileOfClaims(await claimsOf(configuration, tokens))
      : await githubProfile(provider, configuration, tokens.access_token)
    if (!profile) throw new AppError('provider_mismatch')
    return profile
  } catch (error) {
    return refused(error)
  }
}

type Tokens = Awaited<ReturnType<typeof client.authorizationCodeGrant>>

/** Of the ID token, and where that names no address, of the userinfo endpoint. */
const claimsOf = async (configuration: client.Configuration, tokens: Tokens) => {
  const claims = tokens.claims()
  if (!claims) throw new AppError('provider_mismatch')
  if (claims.email !== undefined || !configuration.serverMetadata().userinfo_endpoint) return claims
  return { ...(await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)), ...claims }
}
