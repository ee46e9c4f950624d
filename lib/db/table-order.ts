// The tables as data: parents before children, and the key of each. Read from the schema, so that a new table is in.
import { getTableColumns } from 'drizzle-orm'
import { getTableConfig } from 'drizzle-orm/sqlite-core'
import * as schema from './schema/sqlite'

export type TableName = keyof typeof schema

const tables = { ...schema }
const names = Object.keys(tables) as TableName[]
const nameOf = (table: unknown): TableName | undefined => names.find((name) => tables[name] === table)

const parentsOf = (name: TableName): TableName[] =>
  getTableConfig(tables[name]).foreignKeys.flatMap((key) => nameOf(key.reference().foreignTable) ?? [])

/** Every table after those that its rows point to. */
export const tableOrder = (): TableName[] => {
  const order: TableName[] = []
  const add = (name: TableName) => {
    if (order.includes(name)) return
    for (const parent of parentsOf(name)) if (parent !== name) add(parent)
    order.push(name)
  }
  names.forEach(add)
  return order
}

/** The properties of a row that make its primary key, in the order in which they sort it. */
export const keyOf = (name: TableName): string[] => {
  const { primaryKeys } = getTableConfig(tables[name])
  const columns = Object.entries(getTableColumns(tables[name]))
  const composite = primaryKeys[0]?.columns.map((part) => columns.find(([, column]) => column.name === part.name)?.[0])
  return composite?.flatMap((key) => key ?? []) ?? columns.filter(([, { primary }]) => primary).map(([key]) => key)
}
