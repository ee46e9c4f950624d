// What people do with their own sessions: see them, name them, end one, end all others.
import { AppError } from '../core/errors'
import { endOf } from '../core/session-state'
import type { EndReason } from '../core/verdict'
import { findEpochEnd, raiseEpoch } from '../db/epochs'
import { listFamily, type Rotation } from '../db/rotations'
import {
  countLiveSessions,
  type EndedSession,
  listEndedSessions,
  listLiveSessions,
  type SessionCursor,
} from '../db/session-list'
import { endSession, findSession, renameSession, type Session } from '../db/sessions'
import type { User } from '../db/users'
import { audit } from './audit'
import type { Client, Context } from './context'
import { mintTokens, type Tokens } from './issue-session'
import { spend } from './limits'

/** Who acts: a user in one of their sessions, both as checked for this request. */
export type Holder = { user: User; session: Session }

const day = 86_400_000
/** How long an ended session stays in the list, milliseconds. */
const shownFor = 30 * day

export type OwnSessions = {
  /** The page's sessions, the last seen first; the holder's own is not among them. */
  others: Session[]
  /** Where the next page begins; `null` on the last. */
  next: SessionCursor | null
  /** All that live, the holder's own included. */
  total: number
}

export const listOwnSessions = async (
  { db }: Context,
  { user, session }: Holder,
  { after, most }: { after: SessionCursor | null; most: number },
  now: number,
): Promise<OwnSessions> => {
  // One more than fits, to see whether there is another page.
  const found = await listLiveSessions(db, user, now, { except: session.id, after, most: most + 1 })
  const others = found.slice(0, most)
  const last = others.at(-1)
  const next = found.length > most && last ? { lastSeenAt: last.lastSeenAt, id: last.id } : null
  return { others, next, total: await countLiveSessions(db, user, now) }
}

export const listRecentlyEnded = (
  { db }: Context,
  { user }: Holder,
  most: number,
  now: number,
): Promise<EndedSession[]> => listEndedSessions(db, user, now, now - shownFor, most)

/** @throws AppError `not_found` for another's, as for one that never was */
const ownSession = async ({ db }: Context, { user }: Holder, sid: string): Promise<Session> => {
  const found = await findSession(db, sid)
  if (!found || found.user.id !== user.id) throw new AppError('not_found')
  return found.session
}

export type Ended = { at: number; reason: EndReason }

/** When and why a session ended; `null` while it lives. */
const endedOf = async ({ db }: Context, session: Session, user: User, now: number): Promise<Ended | null> => {
  const reason = endOf(session, user, now)
  if (reason === null) return null
  if (reason === 'all_ended') {
    const epoch = await findEpochEnd(db, user.id, session.epoch)
    if (epoch) return epoch
  }
  const ranOut = reason === 'absolute' ? session.expiresAt : session.idleExpiresAt
  return { at: session.endedAt ?? user.disabledAt ?? ranOut, reason }
}

/** One session with the newest generations of its family. */
export const readOwnSession = async (
  context: Context,
  holder: Holder,
  sid: string,
  most: number,
  now: number,
): Promise<{ session: Session; family: Rotation[]; ended: Ended | null }> => {
  const session = await ownSession(context, holder, sid)
  const family = await listFamily(context.db, sid, most)
  return { session, family, ended: await endedOf(context, session, holder.user, now) }
}

/** @param name `null` takes the name away */
export const renameOwnSession = async (
  context: Context,
  { user }: Holder,
  sid: string,
  name: string | null,
): Promise<void> => {
  if (!(await renameSession(context.db, sid, user.id, name))) throw new AppError('not_found')
}

/** Ends one session of the holder's, another or this one. One that has ended already is no error. */
export const endOwnSession = async (
  context: Context,
  holder: Holder,
  sid: string,
  client: Client,
  now: number,
): Promise<void> => {
  await ownSession(context, holder, sid)
  const own = sid === holder.session.id
  const reason = own ? 'signed_out' : 'ended_elsewhere'
  if (!(await endSession(context.db, sid, reason, now))) return
  const detail = { reason, by: holder.session.id }
  await audit(context, own ? 'signed_out' : 'session_ended', client, now, { userId: holder.user.id, sid, detail })
}

/**
 * Ends all sessions of the holder but this one, with one write however many there are.
 * @returns how many lived, and new tokens for the session that goes on: the old access token is of an epoch that is over
 */
export const endOtherSessions = async (
  context: Context,
  { user, session }: Holder,
  client: Client,
  now: number,
): Promise<{ ended: number; tokens: Tokens }> => {
  await spend([[context.limits.othersEnded, user.id]])
  const live = await countLiveSessions(context.db, user, now)
  const change = { userId: user.id, from: user.epoch, at: now, reason: 'others_ended' } as const
  if (!(await raiseEpoch(context.db, { ...change, keep: session.id, by: session.id }))) {
    // Somebody was faster. If it was this very session, in another tab, then the others have ended; else this one has.
    const found = await findSession(context.db, session.id)
    if (!found || endOf(found.session, found.user, now) !== null) throw new AppError('unauthenticated')
    return { ended: 0, tokens: await mintTokens(context, found.user, found.session, now) }
  }
  await audit(context, 'others_ended', client, now, {
    userId: user.id,
    sid: session.id,
    detail: { ended: `${live - 1}` },
  })
  const epoch = user.epoch + 1
  return { ended: Math.max(0, live - 1), tokens: await mintTokens(context, { ...user, epoch }, session, now) }
}
