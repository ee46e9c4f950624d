// Wrong passwords in a row. A try is counted as wrong before it is looked at, so that of many at once no more get through
// than the rule allows; a right one takes the count away.
import { and, eq, gt, inArray, lt, lte, or, sql } from 'drizzle-orm'
import type { Db } from './client'
import { deleteSome } from './old-rows'
import { note, read } from './steady'

export type TryRule = {
  /** Seconds to wait after the first failure, the second…; the last one holds from there on. */
  waits: readonly number[]
  /** Failures after which no try counts any more. */
  most: number
}

export type CountedTry = { counted: true; failures: number } | { counted: false; waitUntil: number; stopped: boolean }

/** In one statement: of parallel tries each is counted, and those that must wait are not. */
export const countTry = async (db: Db, key: string, { waits, most }: TryRule, now: number): Promise<CountedTry> => {
  const { q, t } = db
  const { failures, waitUntil, lastAt } = t.signInFailures
  const [first = 0] = waits
  // Whole numbers of our own: as parameters inside a CASE they would have no type on Postgres.
  const milliseconds = (seconds: number) => sql.raw(String(Math.round(seconds * 1000)))
  const steps = waits.map((wait, before) => sql`when ${sql.raw(String(before))} then ${milliseconds(wait)}`)
  const wait = sql`case ${failures} ${sql.join(steps, sql` `)} else ${milliseconds(waits.at(-1) ?? 0)} end`
  const [row] = await note(db, () =>
    q
      .insert(t.signInFailures)
      .values({ key, failures: 1, waitUntil: now + first * 1000, lastAt: now })
      .onConflictDoUpdate({
        target: t.signInFailures.key,
        set: {
          failures: sql`${failures} + 1`,
          waitUntil: sql`excluded.last_at + ${wait}`,
          lastAt: sql`excluded.last_at`,
        },
        setWhere: and(lte(waitUntil, now), lt(failures, most)),
      })
      .returning({ failures, waitUntil, lastAt }),
  )
  if (row) return { counted: true, failures: row.failures }
  const [waiting] = await read(() => q.select().from(t.signInFailures).where(eq(t.signInFailures.key, key)))
  // Gone meanwhile, by a right password: the next try will be looked at.
  if (!waiting) return { counted: false, waitUntil: now, stopped: false }
  return { counted: false, waitUntil: waiting.waitUntil, stopped: waiting.failures >= most }
}

/** One failure less, for a try that nobody came to look at: it must not make anybody wait. */
export const takeBackTry = async (db: Db, key: string): Promise<void> => {
  const { q, t } = db
  const { failures, lastAt } = t.signInFailures
  await note(db, () =>
    q
      .update(t.signInFailures)
      .set({ failures: sql`${failures} - 1`, waitUntil: sql`${lastAt}` })
      .where(and(eq(t.signInFailures.key, key), gt(failures, 0))),
  )
}

export const forgetFailures = async (db: Db, keys: readonly string[]): Promise<void> => {
  const { q, t } = db
  await note(db, () => q.delete(t.signInFailures).where(inArray(t.signInFailures.key, [...keys])))
}

/** Few failures go when nothing followed for a while; a row of many is kept for longer. At most `most`. @returns how many */
export const deleteOldFailures = (
  db: Db,
  few: { upTo: number; before: number },
  before: number,
  most: number,
): Promise<number> => {
  const { key, failures, lastAt } = db.t.signInFailures
  const over = or(lt(lastAt, before), and(lte(failures, few.upTo), lt(lastAt, few.before)))
  return deleteSome(db, db.t.signInFailures, [key], over, most)
}
