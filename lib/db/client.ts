// Opens the database. This folder alone knows drizzle and the driver; everything outside it calls a repository.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import * as schema from './schema/sqlite'

export type Queries = BetterSQLite3Database<typeof schema>
export type Statement = { run: () => unknown }

export type Db = {
  q: Queries
  t: typeof schema
  /** Runs the statements in one immediate transaction: all or none. */
  batch: (build: (tx: Queries) => Statement[]) => Promise<void>
  /** For the limiter, which brings its own statements. */
  driver: Database.Database
  close: () => void
}

export const databaseFile = (dataDir: string): string => join(dataDir, 'handstamp.db')

/** Opens (and, where it is missing, creates) the SQLite file in `dataDir`. */
export const openDatabase = (dataDir: string): Db => {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  // better-sqlite3 blocks the event loop while it waits for a lock, so it waits briefly and we go on asynchronously.
  const driver = new Database(databaseFile(dataDir), { timeout: 100 })
  driver.pragma('journal_mode = WAL')
  driver.pragma('synchronous = FULL')
  driver.pragma('foreign_keys = ON')
  const q = drizzle(driver, { schema })
  return {
    q,
    t: schema,
    batch: async (build) =>
      q.transaction(
        (tx) => {
          for (const statement of build(tx as unknown as Queries)) statement.run()
        },
        { behavior: 'immediate' },
      ),
    driver,
    close: () => driver.close(),
  }
}
