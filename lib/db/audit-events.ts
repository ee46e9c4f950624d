// What happened to accounts and sessions, kept for their owners and for whoever has to answer for them.
import { lt } from 'drizzle-orm'
import type { Db } from './client'
import { write } from './steady'

export type AuditEvent = Db['t']['auditEvents']['$inferInsert']

export const insertAuditEvent = async ({ q, t }: Db, event: AuditEvent): Promise<void> => {
  await write(() => q.insert(t.auditEvents).values(event))
}

export const deleteOldAuditEvents = async ({ q, t }: Db, before: number): Promise<void> => {
  await write(() => q.delete(t.auditEvents).where(lt(t.auditEvents.at, before)))
}
