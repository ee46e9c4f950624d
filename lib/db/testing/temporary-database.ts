// A database in a folder of its own, gone after the test. Real SQLite in a real file, because that is where the locks are.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { SqliteDb } from '../client'
import { migrateDatabase } from '../migrate'
import { openSqlite } from '../sqlite'

export const projectFolder = fileURLToPath(new URL('../../..', import.meta.url))
export const migrations = join(projectFolder, 'drizzle')

/** An empty folder that the running test owns. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'handstamp-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** One more connection to a database, closed after the test. */
export const reopenDatabase = (dataDir: string): SqliteDb => {
  const db = openSqlite(dataDir)
  onTestFinished(() => db.close())
  return db
}

export const temporaryDatabase = async (): Promise<{ dataDir: string; db: SqliteDb }> => {
  const dataDir = temporaryFolder()
  await migrateDatabase(dataDir, migrations)
  return { dataDir, db: reopenDatabase(dataDir) }
}
