// The SQLite file: nothing to install, one writer at a time.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { Queries, SqliteDb } from './client'
import * as schema from './schema/sqlite'
import { keepStatements } from './statements'

export const databaseFile = (dataDir: string): string => join(dataDir, 'handstamp.db')

/** Opens (and, where it is missing, creates) the SQLite file in `dataDir`. */
export const openSqlite = (dataDir: string): SqliteDb => {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  // better-sqlite3 blocks the event loop while it waits for a lock. It waits for as long as another's commit takes; what
  // lasts longer is waited for asynchronously. With 100 ms, probes took three quarters of a locked second (measured).
  const driver = new Database(databaseFile(dataDir), { timeout: 20 })
  driver.pragma('journal_mode = WAL')
  driver.pragma('synchronous = FULL')
  driver.pragma('foreign_keys = ON')
  keepStatements(driver)
  const q = drizzle(driver, { schema })
  return {
    engine: 'sqlite',
    q,
    t: schema,
    batch: async (build) =>
      q.transaction(
        (tx) => {
          for (const statement of build(tx as unknown as Queries)) statement.run()
        },
        { behavior: 'immediate' },
      ),
    unsynced: async (run) => {
      driver.pragma('synchronous = NORMAL')
      try {
        return await run()
      } finally {
        driver.pragma('synchronous = FULL')
      }
    },
    driver,
    close: async () => {
      driver.close()
    },
  }
}
