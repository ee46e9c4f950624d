// One side of a copy: a single connection in one transaction, without the time limits of requests.
import { drizzle } from 'drizzle-orm/node-postgres'
import { Client } from 'pg'
import { isPostgres, type Queries } from './client'
import * as postgres from './schema/postgres'
import type * as schema from './schema/sqlite'
import { openSqlite } from './sqlite'

export type CopySide = {
  q: Queries
  t: typeof schema
  commit: () => Promise<void>
  /** What was not committed is undone. */
  close: () => Promise<void>
}

/** What a source says stays what it was when the first statement ran, whatever others write meanwhile. */
const begins = {
  source: { sqlite: 'BEGIN', postgres: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' },
  target: { sqlite: 'BEGIN IMMEDIATE', postgres: 'BEGIN' },
}

const openFile = async (dataDir: string, role: keyof typeof begins): Promise<CopySide> => {
  const { driver, q, t, close } = openSqlite(dataDir)
  driver.exec(begins[role].sqlite)
  // A deferred transaction takes its snapshot with its first read.
  driver.prepare('SELECT 1 FROM users').get()
  return {
    q,
    t,
    commit: async () => {
      driver.exec('COMMIT')
    },
    close,
  }
}

const openServer = async (url: string, role: keyof typeof begins): Promise<CopySide> => {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: 5000,
    application_name: 'handstamp-copy',
  })
  client.on('error', () => undefined)
  await client.connect()
  await client.query(begins[role].postgres)
  return {
    q: drizzle(client) as unknown as Queries,
    t: postgres as unknown as typeof schema,
    commit: async () => {
      await client.query('COMMIT')
    },
    close: () => client.end(),
  }
}

export const openSide = (address: string, role: keyof typeof begins): Promise<CopySide> =>
  isPostgres(address) ? openServer(address, role) : openFile(address, role)
