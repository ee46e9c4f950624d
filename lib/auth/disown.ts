// "This wasn't me": a link of a mail ends one session, for whoever reads that mail, signed in or not.

import { AppError } from '../core/errors'
import { endOf } from '../core/session-state'
import { forgetDevices } from '../db/devices'
import { endSession, findDisowned, type Session, setDisownHash } from '../db/sessions'
import type { User } from '../db/users'
import { audit } from './audit'
import type { Client, Context } from './context'
import { spend } from './limits'
import { hashToken } from './mailed-secret'

/** Address that ends a session after a confirmation. An older link of that session is void from then on. */
export const makeDisownLink = async (context: Context, sid: string): Promise<string> => {
  const token = context.random(32)
  await setDisownHash(context.db, sid, hashToken(token))
  return `${context.env.APP_URL}/not-me/link?token=${token}`
}

export type Disowned = { session: Session; user: User; over: boolean }

/** The session that a link would end; `null` for a link that we never made or that was replaced. Ends nothing. */
export const sessionOfLink = async ({ db }: Context, token: string, now: number): Promise<Disowned | null> => {
  const found = await findDisowned(db, hashToken(token))
  return found && { ...found, over: endOf(found.session, found.user, now) !== null }
}

/** Ends the session. Twice is no error. */
export const disownSession = async (context: Context, token: string, client: Client, now: number): Promise<void> => {
  await spend([[context.limits.codeNetwork, client.network]])
  const found = await sessionOfLink(context, token, now)
  if (!found) throw new AppError('invalid_link')
  const { session, user } = found
  // Whoever it was knows the password: their browser must not pass for a known one.
  await forgetDevices(context.db, user.id)
  if (found.over || !(await endSession(context.db, session.id, 'disowned', now))) return
  await audit(context, 'session_ended', client, now, {
    userId: user.id,
    sid: session.id,
    detail: { reason: 'disowned' },
  })
}
