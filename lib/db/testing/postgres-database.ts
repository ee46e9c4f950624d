// A migrated Postgres database for one test, copied from a template; and both engines in a row for the contract tests.
import { randomBytes } from 'node:crypto'
import { inject, onTestFinished } from 'vitest'
import type { Db, PostgresDb } from '../client'
import { openDatabase } from '../client'
import { askServer } from './postgres-server'
import { template } from './postgres-setup'
import { temporaryDatabase } from './temporary-database'

/** @param source `template0` for an empty one @returns its URL */
export const temporaryPostgres = async (source = template): Promise<string> => {
  const server = inject('postgres')
  const name = `test_${randomBytes(6).toString('hex')}`
  await askServer(server, `CREATE DATABASE ${name} TEMPLATE ${source}`)
  onTestFinished(() => askServer(server, `DROP DATABASE ${name} WITH (FORCE)`).then(() => undefined))
  return server.replace(/[^/]+$/, name)
}

/** Opens all connections of a pool, so that a race is one of statements and a busy machine does not refuse it. */
export const warm = async ({ driver }: Pick<PostgresDb, 'driver'>): Promise<void> => {
  const opened = await Promise.allSettled(Array.from({ length: 10 }, () => driver.connect()))
  for (const client of opened) if (client.status === 'fulfilled') client.value.release()
  if (opened.some(({ status }) => status === 'rejected')) await warm({ driver })
}

/** One more process on a database, closed after the test. */
export const reopen = async (address: string): Promise<Db> => {
  const db = openDatabase(address)
  onTestFinished(() => db.close())
  if (db.engine === 'postgres') await warm(db)
  return db
}

export type Engine = { name: string; open: () => Promise<{ address: string; db: Db }> }

/** What every repository must do alike. */
export const engines: Engine[] = [
  {
    name: 'SQLite',
    open: async () => {
      const { dataDir, db } = await temporaryDatabase()
      return { address: dataDir, db }
    },
  },
  {
    name: 'Postgres',
    open: async () => {
      const address = await temporaryPostgres()
      return { address, db: await reopen(address) }
    },
  },
]
