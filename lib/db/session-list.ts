// A user's sessions as lists: those that live, page by page, and those that ended lately. The cap on their number.
import { and, between, desc, eq, gt, gte, inArray, isNotNull, isNull, lt, lte, ne, or, sql } from 'drizzle-orm'
import type { EndReason } from '../core/verdict'
import type { Db } from './client'
import { noteRevocation } from './revocations'
import type { Session } from './sessions'
import { read, write } from './steady'
import type { User } from './users'

type Owner = Pick<User, 'id' | 'epoch'>
/** Where a page ends: the last session on it. */
export type SessionCursor = Pick<Session, 'lastSeenAt' | 'id'>

const isLive = ({ t }: Db, owner: Owner, now: number) =>
  and(
    eq(t.sessions.userId, owner.id),
    isNull(t.sessions.endedAt),
    eq(t.sessions.epoch, owner.epoch),
    gt(t.sessions.idleExpiresAt, now),
  )

/** Sessions that live at `now`, the last seen first. @param except one that is left out: it is shown apart */
export const listLiveSessions = (
  db: Db,
  owner: Owner,
  now: number,
  { except, after, most }: { except: string; after: SessionCursor | null; most: number },
): Promise<Session[]> => {
  const { q, t } = db
  const further = after
    ? or(
        lt(t.sessions.lastSeenAt, after.lastSeenAt),
        and(eq(t.sessions.lastSeenAt, after.lastSeenAt), lt(t.sessions.id, after.id)),
      )
    : undefined
  return read(() =>
    q
      .select()
      .from(t.sessions)
      .where(and(isLive(db, owner, now), ne(t.sessions.id, except), further))
      .orderBy(desc(t.sessions.lastSeenAt), desc(t.sessions.id))
      .limit(most),
  )
}

export type EndedSession = { session: Session; endedAt: number; reason: EndReason }

/** Sessions that ended since `since`, the last one first, each with when and why. */
export const listEndedSessions = async (
  { q, t }: Db,
  owner: Owner,
  now: number,
  since: number,
  most: number,
): Promise<EndedSession[]> => {
  const endedAt = sql<number>`coalesce(${t.sessions.endedAt}, ${t.userEpochs.at}, ${t.sessions.idleExpiresAt})`
    .mapWith(Number)
    .as('over_at')
  const rows = await read(() =>
    q
      .select({ session: t.sessions, endedAt, epochReason: t.userEpochs.reason })
      .from(t.sessions)
      .leftJoin(
        t.userEpochs,
        and(eq(t.userEpochs.userId, t.sessions.userId), eq(t.userEpochs.epoch, sql`${t.sessions.epoch} + 1`)),
      )
      .where(
        and(
          eq(t.sessions.userId, owner.id),
          or(isNotNull(t.sessions.endedAt), ne(t.sessions.epoch, owner.epoch), lte(t.sessions.idleExpiresAt, now)),
          gte(sql`coalesce(${t.sessions.endedAt}, ${t.userEpochs.at}, ${t.sessions.idleExpiresAt})`, since),
        ),
      )
      .orderBy(desc(endedAt), desc(t.sessions.id))
      .limit(most),
  )
  const ranOut = (session: Session): EndReason => (session.idleExpiresAt < session.expiresAt ? 'idle' : 'absolute')
  return rows.map(({ session, endedAt: at, epochReason }) => ({
    session,
    endedAt: at,
    // The columns hold what our own writes put there.
    reason: (session.endedReason ?? epochReason ?? ranOut(session)) as EndReason,
  }))
}

/** How many of a user's sessions live at `now`. */
export const countLiveSessions = async (db: Db, owner: Owner, now: number): Promise<number> => {
  const { q, t } = db
  const [row] = await read(() =>
    q
      .select({ count: sql<number>`count(*)`.mapWith(Number) })
      .from(t.sessions)
      .where(isLive(db, owner, now)),
  )
  return row?.count ?? 0
}

/** How many sessions of everybody live at `now`. */
export const countAllLiveSessions = async ({ q, t }: Db, now: number): Promise<number> => {
  const [row] = await read(() =>
    q
      .select({ count: sql<number>`count(*)`.mapWith(Number) })
      .from(t.sessions)
      .innerJoin(t.users, eq(t.users.id, t.sessions.userId))
      .where(and(isNull(t.sessions.endedAt), eq(t.sessions.epoch, t.users.epoch), gt(t.sessions.idleExpiresAt, now))),
  )
  return row?.count ?? 0
}

/** How many live sessions were given tokens within this time, milliseconds. */
export const countIssuedBetween = async ({ q, t }: Db, from: number, to: number, now: number): Promise<number> => {
  const [row] = await read(() =>
    q
      .select({ count: sql<number>`count(*)`.mapWith(Number) })
      .from(t.sessions)
      .innerJoin(t.users, eq(t.users.id, t.sessions.userId))
      .where(
        and(
          isNull(t.sessions.endedAt),
          eq(t.sessions.epoch, t.users.epoch),
          gt(t.sessions.idleExpiresAt, now),
          or(between(t.sessions.createdAt, from, to), between(t.sessions.rotatedAt, from, to)),
        ),
      ),
  )
  return row?.count ?? 0
}

/**
 * Ends what is more than `most`, the least recently used first, and never the one that has just begun.
 * @returns the sessions it ended
 */
export const evictSessions = async (
  db: Db,
  owner: Owner,
  now: number,
  { most, except }: { most: number; except: string },
): Promise<Session[]> => {
  const { q, t } = db
  const surplus = await read(() =>
    q
      .select({ id: t.sessions.id })
      .from(t.sessions)
      .where(and(isLive(db, owner, now), ne(t.sessions.id, except)))
      .orderBy(desc(t.sessions.lastSeenAt), desc(t.sessions.id))
      .limit(500)
      .offset(most - 1),
  )
  if (surplus.length === 0) return []
  const reason: EndReason = 'evicted'
  const ids = surplus.map(({ id }) => id)
  await noteRevocation(db)
  return write(() =>
    q
      .update(t.sessions)
      .set({ endedAt: now, endedReason: reason })
      .where(and(inArray(t.sessions.id, ids), isNull(t.sessions.endedAt)))
      .returning(),
  )
}
