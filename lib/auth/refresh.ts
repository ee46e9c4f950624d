// Refreshes a session: decides by lib/core/rotation, writes the decision in one statement that only one racer can win.

import { AppError } from '../core/errors'
import { decideRotation, isSameLineage } from '../core/rotation'
import { endOf } from '../core/session-state'
import type { EndReason } from '../core/verdict'
import { findEpochEnd } from '../db/epochs'
import { advanceLineage, endSession, type Session } from '../db/sessions'
import type { User } from '../db/users'
import { log } from '../log'
import { refreshReuseMail } from '../mail/templates'
import { clientInWords } from './agent'
import { audit } from './audit'
import type { Client, Context } from './context'
import { makeDisownLink } from './disown'
import { noteFamily } from './family'
import { idleEnd, mintTokens, type Tokens } from './issue-session'
import { proveRefreshToken } from './refresh-proof'

export type Refreshed =
  | { ok: true; user: User; session: Session; tokens: Tokens }
  | { ok: false; reason: EndReason | 'invalid' }

/** Races are lost to others who made progress, so a few turns are plenty. */
const turns = 25

/** Activity that is this much younger than the last is written down, milliseconds: many tabs at once are one. */
const noticeable = 1000

/** Why a session of an epoch that is over ended. */
const reasonOf = async ({ db }: Context, session: Session, end: EndReason): Promise<EndReason> =>
  end === 'all_ended' ? ((await findEpochEnd(db, session.userId, session.epoch))?.reason ?? end) : end

const endFor = async (
  context: Context,
  session: Session,
  user: User,
  reason: EndReason,
  client: Client,
  now: number,
): Promise<void> => {
  if (!(await endSession(context.db, session.id, reason, now))) return
  const subject = { userId: user.id, sid: session.id }
  const firstSeen = { firstIp: session.ip, firstUserAgent: session.userAgent }
  if (reason === 'reuse') {
    if (!user.demo) {
      const when = new Date(now).toUTCString()
      await context.post(
        refreshReuseMail(user.email, user.name, when, clientInWords(client), await makeDisownLink(context, session.id)),
      )
    }
    return audit(context, 'refresh_reused', client, now, { ...subject, detail: { reason, ...firstSeen } })
  }
  // A restored backup, or a forged key: somebody has to look.
  if (reason === 'generation_ahead')
    log().error({ ...subject, ...firstSeen, ip: client.ip }, 'refresh token ahead of its session')
  return audit(context, 'session_ended', client, now, { ...subject, detail: { reason } })
}

/**
 * @param text the refresh cookie
 * @param background whether nobody asked for it: then it is no activity
 * @returns new tokens, or why there are none. Trouble with the database is thrown as a 503 and ends nothing.
 */
export const refreshSession = async (
  context: Context,
  text: string | null,
  client: Client,
  now: number,
  background = false,
): Promise<Refreshed> => {
  // A server with another secret than the one that made the tokens must not take them for forged: it is misconfigured,
  // the key store says so, and nobody is signed out.
  await context.keys(now)
  for (let turn = 0; turn < turns; turn++) {
    const proof = await proveRefreshToken(context, text)
    if (!proof) return { ok: false, reason: 'invalid' }
    const { token, session, user } = proof
    const end = endOf(session, user, now)
    if (end) {
      // What an epoch ended needs no write of its own: there may be thousands.
      if (end !== 'all_ended') await endFor(context, session, user, end, client, now)
      return { ok: false, reason: await reasonOf(context, session, end) }
    }
    const decision = decideRotation(session, token.generation, now, context.env.ROTATION_GRACE * 1000)
    if (decision.do === 'end') {
      if (decision.reason === 'reuse')
        void noteFamily(context, session.id, { generation: token.generation, parent: 0 }, 'reused', now)
      await endFor(context, session, user, decision.reason, client, now)
      return { ok: false, reason: decision.reason }
    }
    // What a page does by itself, unasked, must not keep a session alive whose owner has left.
    const idleExpiresAt = idleEnd(context, session.remember, session.expiresAt, now)
    // Neither may a clock that went back make it end sooner once the clock is right again.
    const seen = background || now < session.lastSeenAt ? null : { lastSeenAt: now, idleExpiresAt }
    const next: Session = { ...session, ...decision.next, ...seen }
    // A person's refresh is noted where it only repeats another's too: "stay signed in" right after one of the page's own.
    const noted = next.lastSeenAt - session.lastSeenAt < noticeable
    const unchanged = noted && isSameLineage(session, decision.next)
    if (unchanged || (await advanceLineage(context.db, session.id, session, decision.next, seen))) {
      const event = decision.do === 'rotate' ? 'rotated' : decision.because === 'lost' ? 'lost' : 'repeated'
      void noteFamily(context, session.id, next, event, now)
      const kept = unchanged ? session : next
      return { ok: true, user, session: kept, tokens: await mintTokens(context, user, kept, now) }
    }
  }
  throw new AppError('temporarily_unavailable', { retryAfter: 1 })
}
