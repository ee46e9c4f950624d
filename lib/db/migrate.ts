// Brings a database up to the newest migration in drizzle/. Two processes at once: one works, the other waits for it.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { migrate as migrateSqlite } from 'drizzle-orm/better-sqlite3/migrator'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as migratePostgres } from 'drizzle-orm/node-postgres/migrator'
import { Client } from 'pg'
import { now } from '../clock'
import { isPostgres } from './client'
import { openSqlite } from './sqlite'
import { driverCode, withoutSecrets } from './trouble'

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

const migrateFile = async (dataDir: string, migrationsFolder: string): Promise<void> => {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const release = await lock(dataDir)
  try {
    const db = openSqlite(dataDir)
    try {
      // A page that went bad is found here and not in the middle of a sign-in.
      if (db.driver.pragma('quick_check', { simple: true }) !== 'ok')
        throw new Error('The database file is damaged. Restore a backup.')
      migrateSqlite(db.q, { migrationsFolder })
    } finally {
      await db.close()
    }
  } finally {
    release()
  }
}

/** Any number that nobody else in this database takes: the lock is the database's, and goes with the connection. */
const lockNumber = 4_247_731_905

const migrateServer = async (url: string, migrationsFolder: string): Promise<void> => {
  // Not the pool: its time limits are for requests, and the lock and the migrations must share one connection.
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: 5000,
    application_name: 'handstamp-migrate',
  })
  // What ends the connection fails the statement too.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query(`SET lock_timeout = ${patience}`)
    await client.query('SELECT pg_advisory_lock($1)', [lockNumber])
    await migratePostgres(drizzle(client), { migrationsFolder })
  } catch (error) {
    throw withoutSecrets(error)
  } finally {
    await client.end()
  }
}

/**
 * @param address as for openDatabase()
 * @param migrations folder of drizzle-kit's output for both engines
 */
export const migrateDatabase = (address: string, migrations: string): Promise<void> =>
  isPostgres(address)
    ? migrateServer(address, join(migrations, 'postgres'))
    : migrateFile(address, join(migrations, 'sqlite'))
