// `npm run db:copy -- --from sqlite:.data --to postgres://…`: moves an installation to another database, whole or not at all.
import { statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { isPostgres } from '../lib/db/client'
import { copyDatabase } from '../lib/db/copy'

const usage = `Usage: npm run db:copy -- --from sqlite:.data --to postgres://user:password@host:5432/database
Each side is sqlite:FOLDER (or its file handstamp.db) or a postgres:// URL. Stop the app first.`

const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() === true

/** An address for lib/db, or `null` when it is neither kind. */
const addressIn = (text: string | undefined): string | null => {
  if (text === undefined) return null
  if (isPostgres(text)) return URL.canParse(text) ? text : null
  const path = /^sqlite:(?:\/\/)?(.+)$/.exec(text)?.[1]
  if (path === undefined) return null
  return isFile(path) && basename(path) === 'handstamp.db' ? dirname(path) : path
}

const readArguments = () => {
  try {
    const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } })
    return { from: addressIn(values.from), to: addressIn(values.to) }
  } catch {
    return { from: null, to: null }
  }
}

const { from, to } = readArguments()
if (from === null || to === null) {
  console.error(usage)
  process.exit(1)
}
console.log('Copying what is there now. What a running app writes from here on stays behind: stop it first.')
try {
  const copied = await copyDatabase(from, to, 'drizzle')
  for (const { table, rows } of copied) console.log(`  ${table.padEnd(16)} ${rows}`)
  const total = copied.reduce((sum, { rows }) => sum + rows, 0)
  console.log(`Copied and compared ${total} rows of ${copied.length} tables.`)
} catch (error) {
  console.error(`Not copied: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}
