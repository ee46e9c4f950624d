// A whole installation for one test: a migrated database in a folder of its own, a fixed secret, mail in a list.
import { onTestFinished, vi } from 'vitest'
import { isPostgres, type SqliteDb } from '../../db/client'
import { migrateDatabase } from '../../db/migrate'
import { migrations, temporaryFolder } from '../../db/testing/temporary-database'
import { readEnv } from '../../env'
import type { Message } from '../../mail/message'
import { type Client, type Context, openContext } from '../context'

/** Milliseconds since 1970, a whole second: the time at which every trial starts. */
export const start = 1_800_000_000_000
export const second = 1000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

export const authSecret = Buffer.from(Array.from({ length: 32 }, (_, i) => i * 7 + 1)).toString('base64url')
export const otherSecret = Buffer.from(Array.from({ length: 32 }, (_, i) => 250 - i * 5)).toString('base64url')

// The log reads the process's settings at its first line.
vi.stubEnv('AUTH_SECRET', authSecret)
vi.stubEnv('LOG_LEVEL', 'silent')

export const ann: Client = { ip: '192.0.2.7', network: '192.0.2.7', userAgent: 'Browser of Ann', device: null }
export const mallory: Client = {
  ip: '198.51.100.66',
  network: '198.51.100.66',
  userAgent: 'Browser of Mallory',
  device: null,
}

export type Installation = Context & {
  /** All mail so far, oldest first. */
  mails: Message[]
}
/** One on SQLite, whose file the test may look into. */
export type Trial = Installation & { db: SqliteDb; dataDir: string }

/** One more process on the same database. @param address as for openDatabase() */
export const joinInstallation = async (
  address: string,
  settings: Record<string, string> = {},
): Promise<Installation> => {
  const place = isPostgres(address) ? { DATABASE_URL: address } : { DATA_DIR: address }
  const context = await openContext(readEnv({ AUTH_SECRET: authSecret, LOG_LEVEL: 'silent', ...place, ...settings }))
  onTestFinished(() => context.db.close())
  const mails: Message[] = []
  const post = async (message: Message) => {
    mails.push(message)
  }
  return { ...context, post, mails }
}

/** The same on the folder of a SQLite file. */
export const joinTrial = async (dataDir: string, settings: Record<string, string> = {}): Promise<Trial> => {
  const installation = await joinInstallation(dataDir, settings)
  if (installation.db.engine !== 'sqlite') throw new Error('A trial has a SQLite file')
  return { ...installation, db: installation.db, dataDir }
}

/** @param settings variables that differ from the defaults of local mode */
export const openTrial = async (settings: Record<string, string> = {}): Promise<Trial> => {
  const dataDir = temporaryFolder()
  await migrateDatabase(dataDir, migrations)
  return joinTrial(dataDir, settings)
}
