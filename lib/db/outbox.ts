// Mail that is not yet delivered. A row is one sender's at a time: whoever moves its time ahead has it.
import { and, asc, eq, lt, lte } from 'drizzle-orm'
import type { Db } from './client'
import { read, write } from './steady'

export type OutboxRow = Db['t']['outbox']['$inferSelect']

export const storeMail = async ({ q, t }: Db, row: OutboxRow): Promise<void> => {
  await write(() => q.insert(t.outbox).values(row))
}

/**
 * Takes mail whose time has come, the longest waiting first.
 * @param until when another sender may take it, should this one die
 */
export const claimMail = async ({ q, t }: Db, now: number, until: number, most: number): Promise<OutboxRow[]> => {
  const due = await read(() =>
    q.select().from(t.outbox).where(lte(t.outbox.dueAt, now)).orderBy(asc(t.outbox.dueAt)).limit(most),
  )
  const claimed: OutboxRow[] = []
  for (const { id, dueAt, attempts } of due) {
    const rows = await write(() =>
      q
        .update(t.outbox)
        .set({ dueAt: until, attempts: attempts + 1 })
        .where(and(eq(t.outbox.id, id), eq(t.outbox.dueAt, dueAt)))
        .returning(),
    )
    claimed.push(...rows)
  }
  return claimed
}

export const postponeMail = async ({ q, t }: Db, id: string, dueAt: number): Promise<void> => {
  await write(() => q.update(t.outbox).set({ dueAt }).where(eq(t.outbox.id, id)))
}

export const deleteMail = async ({ q, t }: Db, id: string): Promise<void> => {
  await write(() => q.delete(t.outbox).where(eq(t.outbox.id, id)))
}

/** @returns how many were given up */
export const deleteOldMail = async ({ q, t }: Db, before: number): Promise<number> => {
  const rows = await write(() =>
    q.delete(t.outbox).where(lt(t.outbox.createdAt, before)).returning({ id: t.outbox.id }),
  )
  return rows.length
}
