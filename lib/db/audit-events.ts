// What happened to accounts and sessions, kept for their owners and for whoever has to answer for them.
import { and, desc, eq, lt, or } from 'drizzle-orm'
import type { Db } from './client'
import { deleteSome } from './old-rows'
import { read, write } from './steady'

export type AuditEvent = Db['t']['auditEvents']['$inferSelect']
/** Where a page ends: the last event on it. */
export type AuditCursor = Pick<AuditEvent, 'at' | 'id'>

export const insertAuditEvent = async ({ q, t }: Db, event: Db['t']['auditEvents']['$inferInsert']): Promise<void> => {
  await write(() => q.insert(t.auditEvents).values(event))
}

/** A user's events, the newest first. */
export const listAuditEvents = (
  { q, t }: Db,
  userId: string,
  after: AuditCursor | null,
  most: number,
): Promise<AuditEvent[]> => {
  const further = after
    ? or(lt(t.auditEvents.at, after.at), and(eq(t.auditEvents.at, after.at), lt(t.auditEvents.id, after.id)))
    : undefined
  return read(() =>
    q
      .select()
      .from(t.auditEvents)
      .where(and(eq(t.auditEvents.userId, userId), further))
      .orderBy(desc(t.auditEvents.at), desc(t.auditEvents.id))
      .limit(most),
  )
}

/** Deletes at most `most` from before `before`. @returns how many */
export const deleteOldAuditEvents = (db: Db, before: number, most: number): Promise<number> =>
  deleteSome(db, db.t.auditEvents, [db.t.auditEvents.id], lt(db.t.auditEvents.at, before), most)
