// A whole Handstamp without its web shell, for work that is measured apart: a migrated database, people with sessions.
import { type Context, openContext } from '../../lib/auth/context'
import { type Issued, prepareSession } from '../../lib/auth/issue-session'
import { now } from '../../lib/clock'
import { readCarried } from '../../lib/core/carriers'
import { migrateDatabase } from '../../lib/db/migrate'
import { createUser } from '../../lib/db/users'
import { readEnv } from '../../lib/env'
import { authSecret } from '../subjects/handstamp'
import type { Place } from './side'

// The log reads this process's own settings at its first line.
Object.assign(process.env, { AUTH_SECRET: authSecret, LOG_LEVEL: 'silent' })

/** Whose tokens these are: a server that is to take them is started with the same. */
export const issuer = { JWT_ISSUER: 'bench', JWT_AUDIENCE: 'bench' }

export const client = { ip: '192.0.2.7', network: '192.0.2.7', userAgent: 'Bench', device: 'bench' }

export const openInstallation = async ({ folder, postgres }: Place): Promise<Context> => {
  const address = postgres ?? folder
  await migrateDatabase(address, 'drizzle')
  const place = postgres ? { DATABASE_URL: postgres } : { DATA_DIR: folder }
  const context = await openContext(readEnv({ AUTH_SECRET: authSecret, LOG_LEVEL: 'silent', ...issuer, ...place }))
  await context.keys(now())
  // Nobody reads the mails of a bench.
  return { ...context, post: async () => undefined }
}

const idOf = (number: number) => `01890a5d-ac96-774b-bcce-${number.toString(16).padStart(12, '0')}`
/** Two processes of one database must not make the same people. */
const first = process.pid * 1_000_000
let enrolled = 0

const addressOf = (number: number) => `person${number}@example.com`

/** A user with a session, as after a sign-up. */
export const enrol = async (context: Context, passwordHash: string | null = null): Promise<Issued> => {
  const number = first + ++enrolled
  const user = {
    id: idOf(number),
    email: addressOf(number),
    name: 'Bench',
    roles: ['user'],
    epoch: 0,
    demo: false,
    createdAt: now(),
    disabledAt: null,
  }
  const issued = await prepareSession(context, user, { amr: ['pwd'], remember: false }, client, now())
  if (!(await createUser(context.db, { user, session: issued.session, passwordHash, usedToken: null })))
    throw new Error(`${user.email} is there already`)
  return issued
}

/** What a browser sends that holds these tokens. */
export const carrying = ({ access, refresh }: { access: string; refresh: string }) =>
  readCarried(`handstamp-at=${access}; handstamp-rt=${refresh}`, false)
