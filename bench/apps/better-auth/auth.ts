// Better Auth with SQLite: https://better-auth.com/docs/installation
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import Database from 'better-sqlite3'

const database = new Database(process.env.DATABASE_FILE ?? ':memory:')
database.pragma('journal_mode = WAL')

export const auth = betterAuth({
  database,
  emailAndPassword: { enabled: true },
  telemetry: { enabled: false },
  // https://better-auth.com/docs/concepts/session-management#cookie-cache
  session: { cookieCache: { enabled: process.env.COOKIE_CACHE === 'on', maxAge: 300 } },
})

export const migrate = async () => (await getMigrations(auth.options)).runMigrations()
