// Tokens for services (RFC 9068): the user's roles for one audience, for five minutes, never past what they come from.
import type { AccessClaims } from '../core/claims'
import { AppError } from '../core/errors'
import { publishAhead } from '../core/key-life'
import { mintAccessToken } from '../core/mint'
import { slug } from '../core/product'
import type { User } from '../db/users'
import type { Env } from '../env'
import type { Context } from './context'
import type { Holder } from './own-sessions'

/** What a token was asked with. Its `id` is the token's `sid`, by which the revocation list ends it. */
export type Grant = {
  user: Pick<User, 'id' | 'roles' | 'epoch'>
  id: string
  clientId: string
  gen: number
  amr: readonly string[]
  /** Milliseconds. */
  authTime: number
  /** Milliseconds. */
  expiresAt: number
}

export type ServiceToken = { token: string /** Seconds. */; life: number }

/** Longest life, seconds. The revocation list goes back as far as the life of an access token: none may be longer. */
const longest = 300

/** All that a token may be asked for: ourselves and the services that are named in the settings. */
export const audiencesOf = ({ JWT_AUDIENCE, SERVICE_AUDIENCES }: Env): string[] => [
  ...new Set([JWT_AUDIENCE, ...SERVICE_AUDIENCES]),
]

const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000)

/**
 * Always a plain JWS, also under TOKEN_ENCRYPTION: the service has no key to open another with.
 * @throws AppError `invalid_target` for anything but one audience of ours, spelled as in the settings;
 *   `temporarily_unavailable` while the key of an earlier JWT_ALG=HS256 still signs: a service could not verify it
 */
export const mintServiceToken = async (
  context: Context,
  grant: Grant,
  audience: unknown,
  now: number,
): Promise<ServiceToken> => {
  const { user, id, clientId, gen, amr, authTime, expiresAt } = grant
  if (typeof audience !== 'string' || !audiencesOf(context.env).includes(audience)) throw new AppError('invalid_target')
  const { signing } = await context.keys(now)
  if (signing.alg === 'HS256' && audience !== context.expected.audience)
    throw new AppError('temporarily_unavailable', { retryAfter: seconds(publishAhead) })
  const iat = seconds(now)
  const life = Math.max(1, Math.min(longest, context.expected.accessTtl, seconds(expiresAt) - iat))
  const claims: AccessClaims = {
    iss: context.expected.issuer,
    aud: audience,
    sub: user.id,
    client_id: clientId,
    sid: id,
    gen,
    epoch: user.epoch,
    jti: context.random(16),
    iat,
    exp: iat + life,
    auth_time: Math.min(iat, seconds(authTime)),
    amr,
    roles: user.roles,
  }
  return { token: await mintAccessToken(claims, signing), life }
}

/** Within a session this app itself is the client: nobody else holds the session's cookies. */
export const grantOfSession = ({ user, session }: Holder): Grant => ({
  user,
  id: session.id,
  clientId: slug,
  gen: session.generation,
  amr: session.amr,
  authTime: session.authTime,
  expiresAt: session.expiresAt,
})
