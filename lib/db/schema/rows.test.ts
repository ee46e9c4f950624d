// Both schemas have the same tables, and the rows of each are of one type: tsc proves that, the test the names.
import { getTableColumns, getTableName, is, Table } from 'drizzle-orm'
import { expect, test } from 'vitest'
import * as postgres from './postgres'
import * as sqlite from './sqlite'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type Name = keyof typeof sqlite
/** `false` for a table of which a row, read or to be written, differs between the two; nobody has to list the tables. */
type RowsAreEqual = {
  [K in Name]: Equal<(typeof sqlite)[K]['$inferSelect'], (typeof postgres)[K]['$inferSelect']> extends true
    ? // SQLite numbers an integer key by itself where none is given; we always give one.
      K extends 'revocationState'
      ? true
      : Equal<(typeof sqlite)[K]['$inferInsert'], (typeof postgres)[K]['$inferInsert']>
    : false
}

test('the rows of both engines are of one type, and so are new ones', () => {
  const sameRows: Equal<RowsAreEqual[Name], true> = true
  const sameNames: Equal<Name, keyof typeof postgres> = true
  expect([sameRows, sameNames]).toEqual([true, true])
})

const shapes = (schema: object) =>
  Object.values(schema)
    .filter((value): value is Table => is(value, Table))
    .map((table) => [
      getTableName(table),
      Object.fromEntries(
        Object.entries(getTableColumns(table)).map(([key, { name, notNull, primary }]) => [
          key,
          { name, notNull, primary },
        ]),
      ),
    ])

test('tables and columns have the same names, and what must be there must be there on both', () => {
  expect(shapes(postgres)).toEqual(shapes(sqlite))
})
