// Copies a whole database into an empty one of either engine, in one transaction, and compares every row afterwards.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { asc, getTableColumns, type SQL, sql } from 'drizzle-orm'
import { isPostgres } from './client'
import { type CopySide, openSide } from './copy-side'
import { migrateDatabase } from './migrate'
import { databaseFile } from './sqlite'
import { keyOf, type TableName, tableOrder } from './table-order'
import { withoutSecrets } from './trouble'

type Row = Record<string, unknown>
export type Copied = { table: TableName; rows: number }

/** Rows at a time: far below the 32,766 values that one statement of SQLite may hold. */
const page = 500

/** Property by property in one order, since jsonb keeps none. */
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  )
}

/** All rows of a table in the order of their key, which is that of bytes on both engines. */
async function* pagesOf({ q, t }: CopySide, name: TableName): AsyncGenerator<Row[]> {
  const keys = keyOf(name)
  const columns = keys.flatMap((key) => getTableColumns(t[name])[key as never] ?? [])
  const row = sql`(${sql.join(columns, sql`, `)})`
  let further: SQL | undefined
  for (;;) {
    const rows: Row[] = await q
      .select()
      .from(t[name])
      .where(further)
      .orderBy(...columns.map((column) => asc(column)))
      .limit(page)
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (!last || rows.length < page) return
    further = sql`${row} > (${sql.join(
      keys.map((key) => sql`${last[key]}`),
      sql`, `,
    )})`
  }
}

type Sum = { rows: number; hash: string }

/** Number and hash of a table's rows; `each` gets them page by page. */
const sumOf = async (side: CopySide, name: TableName, each: (rows: Row[]) => Promise<void>): Promise<Sum> => {
  const hash = createHash('sha256')
  let rows = 0
  for await (const some of pagesOf(side, name)) {
    for (const row of some) hash.update(`${JSON.stringify(canonical(row))}\n`)
    rows += some.length
    await each(some)
  }
  return { rows, hash: hash.digest('hex') }
}

const mustBeEmpty = async ({ q, t }: CopySide): Promise<void> => {
  for (const name of tableOrder()) {
    const found = await q.select().from(t[name]).limit(1)
    if (found.length > 0)
      throw new Error(
        `The target is not empty: its table ${name} has rows. Nothing was copied. Name an empty database.`,
      )
  }
}

const nothing = async () => undefined

const copyInto = async (source: CopySide, target: CopySide): Promise<Copied[]> => {
  await mustBeEmpty(target)
  const copied: Copied[] = []
  for (const table of tableOrder()) {
    const there = await sumOf(source, table, async (rows) => {
      await target.q.insert(target.t[table]).values(rows as never)
    })
    const here = await sumOf(target, table, nothing)
    if (here.rows !== there.rows || here.hash !== there.hash)
      throw new Error(`The table ${table} came out different. Nothing was copied.`)
    copied.push({ table, rows: here.rows })
  }
  await target.commit()
  return copied
}

/**
 * Brings both sides up to date first: rows are copied between equal tables.
 * @param from address as for openDatabase(); what is written to it meanwhile is not copied
 * @param to the same, of an empty database
 * @param migrations folder of drizzle-kit's output for both engines
 * @throws when anything at all went wrong; then the target is as empty as it was
 */
export const copyDatabase = async (from: string, to: string, migrations: string): Promise<Copied[]> => {
  if (from === to) throw new Error('Source and target are the same database.')
  const sides: CopySide[] = []
  try {
    if (!isPostgres(from) && !existsSync(databaseFile(from))) throw new Error(`There is no SQLite database in ${from}.`)
    for (const address of [from, to]) await migrateDatabase(address, migrations)
    const source = await openSide(from, 'source')
    sides.push(source)
    const target = await openSide(to, 'target')
    sides.push(target)
    return await copyInto(source, target)
  } catch (error) {
    throw withoutSecrets(error)
  } finally {
    for (const side of sides) await side.close()
  }
}
