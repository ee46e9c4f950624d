// Deletes rows whose time is over, a few with each statement: one long delete would keep every other writer waiting.
import { and, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Db } from './client'
import { write } from './steady'

type Columns = readonly [SQLiteColumn, ...SQLiteColumn[]]

/**
 * Deletes at most `most` rows for which `over` holds.
 * @param key the columns of the primary key
 * @returns how many; fewer than `most` when none is left
 */
export const deleteSome = async (
  { q }: Pick<Db, 'q'>,
  table: SQLiteTable,
  key: Columns,
  over: SQL | undefined,
  most: number,
): Promise<number> => {
  const columns = sql.join([...key], sql`, `)
  const some = sql`(${columns}) in (select ${columns} from ${table} where ${over} limit ${most})`
  // Asked again of each row: on Postgres one that somebody has renewed meanwhile stays.
  const rows = await write(() => q.delete(table).where(and(over, some)).returning({ one: key[0] }))
  return rows.length
}
