// Personal access tokens, for scripts: made and revoked by their owner, exchanged for five-minute tokens of one audience.
import { AppError } from '../core/errors'
import {
  countLivePersonalTokens,
  deletePersonalToken,
  findPersonalToken,
  insertPersonalToken,
  listPersonalTokens,
  notePersonalTokenUse,
  type PersonalToken,
  revokePersonalToken,
} from '../db/personal-tokens'
import type { User } from '../db/users'
import { tokenMadeMail } from '../mail/templates'
import { afterwards } from './afterwards'
import { clientInWords } from './agent'
import { audit } from './audit'
import type { Client, Context } from './context'
import { spend } from './limits'
import { hashToken } from './mailed-secret'
import type { Holder } from './own-sessions'
import { audiencesOf, type Grant } from './service-token'

/** So that people, and scanners of repositories, know one when they see it. */
const prefix = 'hsp_'
const form = /^hsp_[A-Za-z0-9_-]{43}$/

/** Living ones of one user. */
const most = 20
const shownMost = 200
const day = 86_400_000

export type Wish = { name: string; audience: string /** Of its life. */; days: number }

const refusedWish = (field: keyof Wish, text: string) => new AppError('invalid_fields', { errors: { [field]: text } })

/** @returns the row, and the secret that is nowhere kept: whoever made it sees it this once */
export const makePersonalToken = async (
  context: Context,
  { user, session }: Holder,
  { name, audience, days }: Wish,
  client: Client,
  now: number,
): Promise<{ token: PersonalToken; secret: string }> => {
  const { db, limits, env, random } = context
  if (!audiencesOf(env).includes(audience)) throw refusedWish('audience', 'Choose one of the services that are listed.')
  await spend([[limits.personalTokenMaking, user.id]])
  const secret = `${prefix}${random(32)}`
  const token: PersonalToken = {
    id: random(16),
    userId: user.id,
    name,
    audience,
    tokenHash: hashToken(secret),
    createdAt: now,
    expiresAt: now + days * day,
    lastUsedAt: null,
    revokedAt: null,
  }
  if (!(await insertPersonalToken(db, token, session.id))) throw new Error('A random id came twice')
  // Counted with the new one in: of two at once neither slips through.
  if ((await countLivePersonalTokens(db, user.id, now)) > most) {
    await deletePersonalToken(db, token.id)
    throw refusedWish('name', `You have ${most} tokens, which is all you can have. Revoke one first.`)
  }
  const detail = { tokenId: token.id, audience }
  await audit(context, 'token_made', client, now, { userId: user.id, sid: session.id, detail })
  const when = new Date(now).toUTCString()
  const link = `${env.APP_URL}/settings/tokens`
  if (!user.demo) await context.post(tokenMadeMail(user.email, user.name, when, clientInWords(client), name, link))
  return { token, secret }
}

/** Those that were not revoked, the newest first. */
export const listOwnTokens = ({ db }: Context, { user }: Holder): Promise<PersonalToken[]> =>
  listPersonalTokens(db, user.id, shownMost)

/** One that was revoked already is no error. @throws AppError `not_found` for another's, as for one that never was */
export const revokeOwnToken = async (
  context: Context,
  { user, session }: Holder,
  id: string,
  client: Client,
  now: number,
): Promise<void> => {
  const found = await findPersonalToken(context.db, { id })
  if (found?.user.id !== user.id) throw new AppError('not_found')
  if (!(await revokePersonalToken(context.db, id, user.id, now))) return
  await audit(context, 'token_revoked', client, now, { userId: user.id, sid: session.id, detail: { tokenId: id } })
}

/** Why one no longer counts; `null` while it lives. */
export const endOfPersonalToken = (token: PersonalToken, user: Pick<User, 'disabledAt'>, now: number) => {
  if (token.revokedAt !== null) return 'revoked'
  if (user.disabledAt !== null) return 'user_disabled'
  return token.expiresAt <= now ? 'expired' : null
}

const refuse = async (
  context: Context,
  found: PersonalToken | undefined,
  client: Client,
  now: number,
): Promise<never> => {
  const { limits } = context
  await spend([[limits.personalTokenNetwork, client.network]])
  if (!found) await audit(context, 'token_used_wrong', client, now)
  else if ((await limits.personalTokenTold.consume(found.id)) === 0)
    await audit(context, 'token_used_wrong', client, now, { userId: found.userId, detail: { tokenId: found.id } })
  throw new AppError('unauthenticated')
}

/** Whether this claims to be a personal access token. */
export const isPersonalSecret = (text: string): boolean => text.startsWith(prefix)

/**
 * What a personal access token entitles to, noting its use.
 * @throws AppError `unauthenticated` for a wrong one, in whichever way; `invalid_target` for another audience than its own
 */
export const grantOfPersonalToken = async (
  context: Context,
  secret: string,
  audience: unknown,
  client: Client,
  now: number,
): Promise<Grant> => {
  const { db } = context
  const found = form.test(secret) ? await findPersonalToken(db, { tokenHash: hashToken(secret) }) : null
  if (!found || endOfPersonalToken(found.token, found.user, now)) return refuse(context, found?.token, client, now)
  const { token, user } = found
  if (audience !== token.audience) throw new AppError('invalid_target')
  await afterwards('noting the use of a personal access token', notePersonalTokenUse(db, token.id, now))
  const { id, createdAt: authTime, expiresAt } = token
  return { user, id, clientId: id, gen: 1, amr: ['pat'], authTime, expiresAt }
}
