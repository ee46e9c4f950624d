// Mail that is not yet delivered. A row is one sender's at a time: whoever moves its time ahead has it.
import { and, asc, count, eq, lt, lte } from 'drizzle-orm'
import type { Db } from './client'
import { deleteSome } from './old-rows'
import { read, write } from './steady'

export type OutboxRow = Db['t']['outbox']['$inferSelect']

/**
 * May be tried again whatever became of the first try: one row for each id.
 * @param most rows, give or take those that are stored at this moment
 * @returns false when there are that many, and nothing is stored
 */
export const storeMail = async ({ q, t }: Db, row: OutboxRow, most: number): Promise<boolean> => {
  const [waiting] = await read(() => q.select({ rows: count() }).from(t.outbox))
  if (waiting && waiting.rows >= most) return false
  await write(() => q.insert(t.outbox).values(row).onConflictDoNothing())
  return true
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

/** Deletes at most `most` posted before `before`. @returns how many */
export const deleteOldMail = (db: Db, before: number, most: number): Promise<number> =>
  deleteSome(db, db.t.outbox, [db.t.outbox.id], lt(db.t.outbox.createdAt, before), most)
