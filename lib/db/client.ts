// Opens the database, whichever it is. This folder alone knows drizzle and the drivers; everything outside it calls a
// repository. Queries are written once, against SQLite's types; schema/rows.test.ts keeps Postgres to the same rows.
import type { Database } from 'better-sqlite3'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { Pool } from 'pg'
import { openPostgres } from './postgres'
import type * as schema from './schema/sqlite'
import { openSqlite } from './sqlite'

export type Queries = BetterSQLite3Database<typeof schema>
export type Statement = { run: () => unknown }

type Common = {
  q: Queries
  t: typeof schema
  /** Runs the statements one after the other in one transaction: all or none. */
  batch: (build: (tx: Queries) => Statement[]) => Promise<void>
  /** Runs a write that a loss of power may take back, without waiting for the disk. Called by note() alone. */
  unsynced: <T>(run: () => PromiseLike<T>) => Promise<T>
  close: () => Promise<void>
}
/** `driver` is for the limiter, which brings its own statements, and for tests. */
export type SqliteDb = Common & { engine: 'sqlite'; driver: Database }
export type PostgresDb = Common & { engine: 'postgres'; driver: Pool }
export type Db = SqliteDb | PostgresDb

/** Where the database is: a postgres:// URL, or else the folder of the SQLite file. */
export const addressOf = ({ DATABASE_URL, DATA_DIR }: { DATABASE_URL?: string | undefined; DATA_DIR: string }) =>
  DATABASE_URL ?? DATA_DIR

export const isPostgres = (address: string): boolean => /^postgres(ql)?:\/\//.test(address)

/** @param address as addressOf() gives it; it may hold a password and belongs into no message */
export const openDatabase = (address: string): Db => (isPostgres(address) ? openPostgres(address) : openSqlite(address))
