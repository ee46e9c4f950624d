// Postgres through a bounded pool: every wait has an end, and a connection that breaks breaks one statement.
import { drizzle } from 'drizzle-orm/node-postgres'
import { Pool, type PoolConfig, types } from 'pg'
import type { PostgresDb, Queries, Statement } from './client'
import * as schema from './schema/postgres'
import type * as sqlite from './schema/sqlite'
import { writeInParallel } from './steady'

/** Milliseconds. docs/scale.md gives the numbers and their reasons; a query parameter of the URL overrides them. */
const bounds = {
  max: 10,
  connectionTimeoutMillis: 1000,
  idleTimeoutMillis: 30_000,
  lock_timeout: 1000,
  statement_timeout: 5000,
  idle_in_transaction_session_timeout: 5000,
  // For a server that neither answers nor closes the connection: a frozen machine, a network that swallows packets.
  query_timeout: 6000,
} satisfies PoolConfig

const isBigint = (oid: number) => oid === types.builtins.INT8

/** Times and counts are far below 2^53. By default pg gives bigints as text. */
const numbers: PoolConfig['types'] = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    isBigint(oid) && format !== 'binary' ? Number : types.getTypeParser(oid, format),
}

const ignore = () => undefined

const openPool = (connectionString: string): Pool => {
  const pool = new Pool({
    connectionString,
    ...bounds,
    types: numbers,
    keepAlive: true,
    application_name: 'handstamp',
  })
  // A connection that dies while nobody uses it, or between two statements, says so by an event that ends the process
  // when nobody listens. The pool drops such a connection; whoever holds it gets the error from their next statement.
  pool.on('error', ignore)
  pool.on('connect', (client) => client.on('error', ignore))
  return pool
}

type Awaited = Statement & PromiseLike<unknown>

/** Our own and not drizzle's, which keeps the connection for ever when `begin` fails on it. */
const transact = async (pool: Pool, build: (tx: Queries) => Statement[]): Promise<void> => {
  const client = await pool.connect()
  try {
    await client.query('begin')
    for (const statement of build(drizzle(client) as unknown as Queries)) await (statement as Awaited)
    await client.query('commit')
    client.release()
  } catch (error) {
    await client.query('rollback').then(
      () => client.release(),
      () => client.release(true),
    )
    throw error
  }
}

/** Makes no connection yet: the first statement does. */
export const openPostgres = (url: string): PostgresDb => {
  writeInParallel()
  const pool = openPool(url)
  return {
    engine: 'postgres',
    q: drizzle(pool, { schema }) as unknown as Queries,
    t: schema as unknown as typeof sqlite,
    batch: (build) => transact(pool, build),
    // Its disk keeps no event loop waiting, and a setting of one statement would cost a transaction of three.
    unsynced: async (run) => run(),
    driver: pool,
    close: () => pool.end(),
  }
}
