// Brings the database up to date before the app is served, and names settings that will keep the app from answering.
import { AppError } from '../lib/core/errors'
import { isPostgres } from '../lib/db/client'
import { migrateDatabase } from '../lib/db/migrate'
import { readEnv } from '../lib/env'

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** Only its place is asked for: a server without its secret still starts, and says on every page what is missing. */
const address = process.env.DATABASE_URL || process.env.DATA_DIR || '.data'
const isWrong = process.env.DATABASE_URL !== undefined && process.env.DATABASE_URL !== '' && !isPostgres(address)

try {
  // A wrong URL is named below; taken for a folder it would be made.
  if (!isWrong) await migrateDatabase(address, 'drizzle')
} catch (error) {
  console.error(`The database could not be brought up to date: ${messageOf(error)}`)
  process.exit(1)
}
try {
  readEnv(process.env)
} catch (error) {
  if (!(error instanceof AppError)) throw error
  console.warn(`Warning: every page will answer 503 until this is set right. ${error.message}`)
}
