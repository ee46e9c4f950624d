// Brings a database up to the newest migration in drizzle/. Two processes at once: one works, the other waits for it.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { now } from '../clock'
import { openDatabase } from './client'
import { driverCode } from './steady'

const patience = 60_000

/** Takes a lock that the system lets go of even when the process is killed. */
const lock = async (dataDir: string): Promise<() => void> => {
  const holder = new Database(join(dataDir, 'migration.lock'), { timeout: 100 })
  const deadline = now() + patience
  for (;;) {
    try {
      holder.exec('BEGIN EXCLUSIVE')
      return () => holder.close()
    } catch (error) {
      if (driverCode(error) !== 'SQLITE_BUSY' || now() > deadline) throw error
      await sleep(50)
    }
  }
}

/** @param migrations folder of drizzle-kit's output */
export const migrateDatabase = async (dataDir: string, migrations: string): Promise<void> => {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const release = await lock(dataDir)
  try {
    const db = openDatabase(dataDir)
    try {
      // A page that went bad is found here and not in the middle of a sign-in.
      if (db.driver.pragma('quick_check', { simple: true }) !== 'ok')
        throw new Error('The database file is damaged. Restore a backup.')
      migrate(db.q, { migrationsFolder: migrations })
    } finally {
      db.close()
    }
  } finally {
    release()
  }
}
