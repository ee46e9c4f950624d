// Vitest's global set-up: one Postgres for all unit tests of a run, with a migrated database to copy from.
import type { TestProject } from 'vitest/node'
import { migrateDatabase } from '../migrate'
import { askServer, type PostgresServer, startPostgres } from './postgres-server'

declare module 'vitest' {
  export interface ProvidedContext {
    /** URL of the server's own database, in which others are made. */
    postgres: string
  }
}

export const template = 'template'
let server: PostgresServer | undefined

export const setup = async ({ provide }: TestProject): Promise<void> => {
  server = await startPostgres()
  await askServer(server.url('postgres'), `CREATE DATABASE ${template}`)
  await migrateDatabase(server.url(template), 'drizzle')
  provide('postgres', server.url('postgres'))
}

export const teardown = async (): Promise<void> => {
  await server?.remove()
}
