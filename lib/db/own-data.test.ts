// What is given out of a user's rows: every table is decided on, and no secret is among it.
import { getTableColumns } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { exportedTables, toldOtherwise } from './own-data'
import * as tables from './schema/sqlite'
import { tableOrder } from './table-order'

const schema = { ...tables }

test('every table with rows of users is given out or told of otherwise', () => {
  const ofUsers = tableOrder().filter((name) => 'userId' in getTableColumns(schema[name]))
  expect(ofUsers.length).toBeGreaterThan(10)
  expect([...exportedTables, ...Object.keys(toldOtherwise)].sort()).toEqual(ofUsers.sort())
})
