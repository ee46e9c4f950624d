// Session rows. Every change is one statement that only one of two racers can win.
import { and, eq, isNull, lt, sql } from 'drizzle-orm'
import type { Lineage } from '../core/rotation'
import type { EndReason } from '../core/verdict'
import type { Db, Queries } from './client'
import { deleteSome } from './old-rows'
import { preparedOnce, unnamed } from './prepared'
import { noteRevocation, revocationNoted } from './revocations'
import { note, read, write } from './steady'
import { isLostRace } from './trouble'
import type { User } from './users'

export type Session = Db['t']['sessions']['$inferSelect']

const lookUpOf = preparedOnce(({ q, t }) =>
  q
    .select({ session: t.sessions, user: t.users })
    .from(t.sessions)
    .innerJoin(t.users, eq(t.users.id, t.sessions.userId))
    .where(eq(t.sessions.id, sql.placeholder('sid')))
    .prepare(...unnamed),
)

/** The row and its user by primary key: the look-up on every signed-in request. */
export const findSession = async (db: Db, sid: string): Promise<{ session: Session; user: User } | null> => {
  const [row] = await read(() => lookUpOf(db).execute({ sid }))
  return row ?? null
}

/** As part of a larger write. */
const sessionInserted = (tx: Queries, t: Db['t'], session: Session) => tx.insert(t.sessions).values(session)

export const insertSession = async ({ q, t }: Db, session: Session): Promise<void> => {
  await write(() => sessionInserted(q, t, session))
}

const value = (name: string) => sql`${sql.placeholder(name)}`

const advanceOf = preparedOnce(({ q, t }) =>
  q
    .update(t.sessions)
    .set({
      generation: value('generation'),
      parent: value('parent'),
      confirmed: value('confirmed'),
      rotatedAt: value('rotatedAt'),
      lastSeenAt: sql`coalesce(${value('lastSeenAt')}, ${t.sessions.lastSeenAt})`,
      idleExpiresAt: sql`coalesce(${value('idleExpiresAt')}, ${t.sessions.idleExpiresAt})`,
    })
    .where(
      and(
        eq(t.sessions.id, value('sid')),
        isNull(t.sessions.endedAt),
        eq(t.sessions.generation, value('fromGeneration')),
        eq(t.sessions.parent, value('fromParent')),
        eq(t.sessions.confirmed, value('fromConfirmed')),
      ),
    )
    .returning({ id: t.sessions.id })
    .prepare(...unnamed),
)

/**
 * Writes what rotation decided, if the row is still as it was when that was decided and the session still lives.
 * @returns false when somebody else was faster: read again and decide again
 */
export const advanceLineage = async (
  db: Db,
  sid: string,
  from: Lineage,
  to: Lineage,
  seen: Pick<Session, 'lastSeenAt' | 'idleExpiresAt'> | null,
): Promise<boolean> => {
  const { generation, parent, confirmed, rotatedAt } = to
  const values = {
    ...{ sid, generation, parent, confirmed, rotatedAt },
    ...{ fromGeneration: from.generation, fromParent: from.parent, fromConfirmed: from.confirmed },
    ...{ lastSeenAt: seen?.lastSeenAt ?? null, idleExpiresAt: seen?.idleExpiresAt ?? null },
  }
  const rows = await write(() => advanceOf(db).execute(values))
  return rows.length === 1
}

/** Notes that a generation came back in use, so that its parent is dead after the grace. */
export const confirmGeneration = async ({ q, t }: Db, sid: string, generation: number): Promise<void> => {
  await write(() =>
    q
      .update(t.sessions)
      .set({ confirmed: generation })
      .where(and(eq(t.sessions.id, sid), lt(t.sessions.confirmed, generation), isNull(t.sessions.endedAt))),
  )
}

export const touchSession = async (db: Db, sid: string, at: number, idleExpiresAt: number): Promise<void> => {
  const { q, t } = db
  await note(db, () =>
    q
      .update(t.sessions)
      .set({ lastSeenAt: at, idleExpiresAt })
      .where(and(eq(t.sessions.id, sid), lt(t.sessions.lastSeenAt, at), isNull(t.sessions.endedAt))),
  )
}

/** As part of a larger write; one that ended before keeps its own reason. */
const sessionEnded = (tx: Queries, t: Db['t'], sid: string, reason: EndReason, at: number) =>
  tx
    .update(t.sessions)
    .set({ endedAt: at, endedReason: reason })
    .where(and(eq(t.sessions.id, sid), isNull(t.sessions.endedAt)))

/** First in a write that stands on a session: nobody else changes that row until the write is done. */
export const sessionLocked = (tx: Queries, t: Db['t'], sid: string) =>
  tx
    .update(t.sessions)
    .set({ epoch: sql`${t.sessions.epoch}` })
    .where(eq(t.sessions.id, sid))

/** The user of a session that lives in this epoch. Of any other it is null, which no row takes: the write fails whole. */
export const userOfLiving = (sid: string, epoch: number, t: Db['t']) =>
  sql<string>`(select "user_id" from ${t.sessions} where "id" = ${sid} and "ended_at" is null and "epoch" = ${epoch})`

type Former = Pick<Session, 'id' | 'epoch' | 'disownHash'>

/** Puts a session in the place of another: `next` lives, the former is over, and a mail's link leads on to `next`. */
export const sessionSucceeded = (tx: Queries, t: Db['t'], former: Former, next: Session, at: number) => [
  tx.insert(t.sessions).values(next),
  sessionEnded(tx, t, former.id, 'replaced', at),
  tx.update(t.sessions).set({ disownHash: null }).where(eq(t.sessions.id, former.id)),
  tx.update(t.sessions).set({ disownHash: former.disownHash }).where(eq(t.sessions.id, next.id)),
]

/**
 * The same as a write of its own, if the former lives and in its epoch.
 * @returns false when it does not: read again and decide again
 */
export const succeedSession = async ({ batch, t }: Db, former: Former, next: Session, at: number): Promise<boolean> => {
  try {
    await write(() =>
      batch((tx) => [
        sessionLocked(tx, t, former.id),
        ...sessionSucceeded(tx, t, former, { ...next, userId: userOfLiving(former.id, former.epoch, t) as never }, at),
        revocationNoted(tx, t),
      ]),
    )
    return true
  } catch (error) {
    if (isLostRace(error)) return false
    throw error
  }
}

/** @returns whether this call ended it; false when it had ended before */
export const endSession = async (db: Db, sid: string, reason: EndReason, at: number): Promise<boolean> => {
  const { q, t } = db
  const [found] = await read(() =>
    q.select({ endedAt: t.sessions.endedAt }).from(t.sessions).where(eq(t.sessions.id, sid)),
  )
  if (!found || found.endedAt !== null) return false
  // The sequence first: moved without an end it does no harm, an end that it missed might.
  await noteRevocation(db)
  const rows = await write(() => sessionEnded(q, t, sid, reason, at).returning({ id: t.sessions.id }))
  return rows.length === 1
}

/** @returns false when the user has no such session */
export const renameSession = async (
  { q, t }: Db,
  sid: string,
  userId: string,
  name: string | null,
): Promise<boolean> => {
  const rows = await write(() =>
    q
      .update(t.sessions)
      .set({ name })
      .where(and(eq(t.sessions.id, sid), eq(t.sessions.userId, userId)))
      .returning({ id: t.sessions.id }),
  )
  return rows.length === 1
}

/** Makes a link of a mail the way to end a session. */
export const setDisownHash = async ({ q, t }: Db, sid: string, disownHash: string): Promise<void> => {
  await write(() => q.update(t.sessions).set({ disownHash }).where(eq(t.sessions.id, sid)))
}

/** The session that such a link ends, ended ones included. */
export const findDisowned = async (
  { q, t }: Db,
  disownHash: string,
): Promise<{ session: Session; user: User } | null> => {
  const [row] = await read(() =>
    q
      .select({ session: t.sessions, user: t.users })
      .from(t.sessions)
      .innerJoin(t.users, eq(t.users.id, t.sessions.userId))
      .where(eq(t.sessions.disownHash, disownHash)),
  )
  return row ?? null
}

/** Deletes at most `most` rows that ended or expired before `before`. @returns how many */
export const deleteOldSessions = (db: Db, before: number, most: number): Promise<number> =>
  deleteSome(db, db.t.sessions, [db.t.sessions.id], lt(db.t.sessions.expiresAt, before), most)
