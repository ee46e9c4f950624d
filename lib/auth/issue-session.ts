// Makes a session and the tokens that carry it. Always a new sid: what a browser carried before never becomes a session.

import { mintAccessToken, sealAccessToken } from '../core/mint'
import { formatRefreshToken } from '../core/refresh-token'
import { firstLineage } from '../core/rotation'
import type { Session } from '../db/sessions'
import type { User } from '../db/users'
import type { Client, Context } from './context'

/** The two tokens of a session and what the cookie writer must know about them. */
export type Tokens = {
  access: string
  refresh: string
  /** End of the session when the browser may keep it, milliseconds; `null` when it ends with the browser. */
  keepUntil: number | null
}

/** A session that was made and the tokens that carry it. */
export type Issued = { user: User; session: Session; tokens: Tokens }

type Holder = Pick<User, 'id' | 'roles' | 'epoch'>
type Carrier = Pick<Session, 'id' | 'salt' | 'generation' | 'authTime' | 'amr' | 'expiresAt' | 'remember'>

const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000)

/** Access and refresh token for one generation of a session. */
export const mintTokens = async (context: Context, user: Holder, session: Carrier, now: number): Promise<Tokens> => {
  const [refreshKey] = context.secrets.refresh
  if (!refreshKey) throw new Error('There is no key for refresh tokens')
  const { signing } = await context.keys(now)
  const iat = seconds(now)
  const minting = mintAccessToken(
    {
      iss: context.expected.issuer,
      aud: context.expected.audience,
      sub: user.id,
      sid: session.id,
      gen: session.generation,
      epoch: user.epoch,
      jti: context.random(16),
      iat,
      // Never past the session's own end.
      exp: Math.max(iat + 1, Math.min(iat + context.expected.accessTtl, seconds(session.expiresAt))),
      // A clock that went back would else make every token of the session one that nobody accepts.
      auth_time: Math.min(iat, seconds(session.authTime)),
      amr: session.amr,
      roles: user.roles,
    },
    signing,
  )
  const [signed, refresh] = await Promise.all([
    minting,
    formatRefreshToken(refreshKey, session.salt, session.id, session.generation),
  ])
  const [sealing] = context.expected.unsealWith ?? []
  const access = sealing ? await sealAccessToken(signed, sealing) : signed
  return { access, refresh, keepUntil: session.remember ? session.expiresAt : null }
}

/** End of a session without activity after `now`, milliseconds. */
export const idleEnd = ({ env }: Context, remember: boolean, expiresAt: number, now: number): number =>
  Math.min(now + (remember ? env.REMEMBER_IDLE_TTL : env.IDLE_TTL) * 1000, expiresAt)

/** How a session begins, and what it takes over from the one that it follows. */
type Beginning = { amr: string[]; remember: boolean; until?: number; name?: string | null }

/** A new sid for a session that goes on: it ends when it would have ended. */
export const continuing = ({ amr, remember, expiresAt, name }: Session): Beginning => ({
  amr,
  remember,
  until: expiresAt,
  name,
})

/** A new session and its tokens, not yet written. */
export const prepareSession = async (
  context: Context,
  user: User,
  how: Beginning,
  client: Client,
  now: number,
): Promise<Issued> => {
  const { env } = context
  const longest = now + (how.remember ? env.REMEMBER_ABSOLUTE_TTL : env.ABSOLUTE_TTL) * 1000
  const expiresAt = Math.min(how.until ?? longest, longest)
  const session: Session = {
    id: context.random(16),
    userId: user.id,
    salt: context.random(16),
    ...firstLineage,
    epoch: user.epoch,
    remember: how.remember,
    createdAt: now,
    lastSeenAt: now,
    authTime: now,
    amr: how.amr,
    idleExpiresAt: idleEnd(context, how.remember, expiresAt, now),
    expiresAt,
    ip: client.ip,
    userAgent: client.userAgent.slice(0, 256),
    endedAt: null,
    endedReason: null,
    name: how.name ?? null,
    disownHash: null,
  }
  return { user, session, tokens: await mintTokens(context, user, session, now) }
}
