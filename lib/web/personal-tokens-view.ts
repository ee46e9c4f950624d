// A user's personal access tokens as answers and pages show them: only the fields that are listed here, never a hash.
import type { Context } from '../auth/context'
import type { Holder } from '../auth/own-sessions'
import { listOwnTokens } from '../auth/personal-tokens'
import { audiencesOf } from '../auth/service-token'
import { now as readClock } from '../clock'
import type { PersonalToken } from '../db/personal-tokens'
import { currentContext } from './context'
import { readFlash } from './page-flow'
import { requireUser } from './session'
import { readOnce } from './shown-once'

const iso = (milliseconds: number) => new Date(milliseconds).toISOString()

/** Times are ISO 8601. */
export const personalTokenView = ({ id, name, audience, createdAt, expiresAt, lastUsedAt }: PersonalToken) => ({
  id,
  name,
  audience,
  createdAt: iso(createdAt),
  expiresAt: iso(expiresAt),
  lastUsedAt: lastUsedAt === null ? null : iso(lastUsedAt),
})

export const tokensView = async (context: Context, holder: Holder) => ({
  tokens: (await listOwnTokens(context, holder)).map(personalTokenView),
  audiences: audiencesOf(context.env),
})

/** Times in milliseconds. */
export type TokenCard = Pick<PersonalToken, 'id' | 'name' | 'audience' | 'createdAt' | 'expiresAt' | 'lastUsedAt'>

const page = '/settings/tokens'

export const readTokens = async (flash: string | undefined) => {
  const holder = await requireUser()
  const context = await currentContext()
  const refused = await readFlash(page, flash)
  const tokens = await listOwnTokens(context, holder)
  return {
    cards: tokens.map(
      ({ id, name, audience, createdAt, expiresAt, lastUsedAt }): TokenCard => ({
        id,
        name,
        audience,
        createdAt,
        expiresAt,
        lastUsedAt,
      }),
    ),
    audiences: audiencesOf(context.env),
    ownAudience: context.env.JWT_AUDIENCE,
    secret: await readOnce(context, 'secret', holder.user.id, refused, flash),
    errors: refused?.errors ?? {},
    typed: refused?.values ?? {},
    userId: holder.user.id,
    now: readClock(),
  }
}
