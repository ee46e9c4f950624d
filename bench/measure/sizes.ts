// Whether a request costs more with more sessions in the database: the same ten people, among ten sessions and a million.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Context } from '../../lib/auth/context'
import { mintTokens } from '../../lib/auth/issue-session'
import { now } from '../../lib/clock'
import { findSession } from '../../lib/db/sessions'
import { enrol, issuer, openInstallation } from '../micro/installation'
import type { SizeRow } from '../report/results'
import { handstamp } from '../subjects/handstamp'
import type { SignedIn } from '../subjects/subject'
import type { Cores } from './cores'
import { type Pace, runPair, type Side } from './rounds'
import { say } from './say'
import { type Server, startServer } from './server'

const people = 10
const sessionsOfEach = 10

/** Columns of a table, those of `changed` replaced by SQL. */
const selected = (columns: readonly string[], changed: Record<string, string>) =>
  columns.map((name) => `${changed[name] ?? `one."${name}"`} AS "${name}"`).join(', ')

/** SQL for the id of a copied user: the `f` tells it from one that was enrolled. */
const userId = (number: string) => `printf('01890a5d-ac96-774b-bcce-f%011d', ${number})`

/** Copies one user and one session until there are so many, in random order of their ids as real ones are. */
const fill = ({ db }: Context, sessions: number): void => {
  if (db.engine !== 'sqlite') throw new Error('This is about the SQLite file')
  const { driver } = db
  const columnsOf = (table: string) =>
    driver
      .prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?)')
      .all(table)
      .map(({ name }) => name)
  const users = Math.ceil(sessions / sessionsOfEach)
  const upTo = (most: number) =>
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${most}), one AS`
  driver.pragma('synchronous = OFF')
  driver.exec(`BEGIN;
    ${upTo(users)} (SELECT * FROM users LIMIT 1) INSERT INTO users
      SELECT ${selected(columnsOf('users'), { id: userId('i'), email: `printf('filled%d@example.com', i)` })} FROM n, one;
    ${upTo(sessions)} (SELECT * FROM sessions LIMIT 1) INSERT INTO sessions
      SELECT ${selected(columnsOf('sessions'), {
        // 128 bits in base64url end in one of four letters.
        id: `lower(substr(hex(randomblob(11)), 1, 21)) || 'A'`,
        user_id: userId(`1 + i % ${users}`),
      })} FROM n, one;
    COMMIT;`)
}

/** Tokens for some of those who are there, wherever their rows lie. */
const carriersAmong = async (context: Context): Promise<SignedIn[]> => {
  if (context.db.engine !== 'sqlite') throw new Error('This is about the SQLite file')
  const sids = context.db.driver
    .prepare<[number], { id: string }>(
      "SELECT id FROM sessions WHERE user_id LIKE '%-bcce-f%' ORDER BY random() LIMIT ?",
    )
    .all(people)
  return Promise.all(
    sids.map(async ({ id }) => {
      const found = await findSession(context.db, id)
      if (!found) throw new Error('A session is gone')
      const { access, refresh } = await mintTokens(context, found.user, found.session, now())
      return { cookie: `handstamp-at=${access}; handstamp-rt=${refresh}`, marker: found.user.email }
    }),
  )
}

const openSized = async (folder: string, cores: Cores, sessions: number): Promise<Side & { server: Server }> => {
  const data = mkdtempSync(join(tmpdir(), 'bench-sizes-'))
  const context = await openInstallation({ folder: data })
  await enrol(context)
  fill(context, sessions)
  const carriers = await carriersAmong(context)
  await context.db.close()
  const server = await startServer(handstamp, folder, { cores, data, env: issuer })
  const stop = async () => {
    await server.stop()
    rmSync(data, { recursive: true, force: true })
  }
  return { server: { ...server, stop }, people: carriers }
}

export const measureSizes = async (folder: string, cores: Cores, pace: Pace): Promise<SizeRow[]> => {
  const rows: SizeRow[] = [{ sessions: 10, cpu: 1, spread: 0 }]
  for (const sessions of [10_000, 1_000_000]) {
    say(`${sessions.toLocaleString('en')} sessions beside 10`)
    const [base, own] = [await openSized(folder, cores, 10), await openSized(folder, cores, sessions)]
    try {
      const { ratio, spread } = await runPair(base, own, pace)
      rows.push({ sessions, cpu: Number(ratio.toPrecision(4)), spread: Number(spread.toPrecision(4)) })
      say(`${ratio.toFixed(2)} × the CPU`)
    } finally {
      await Promise.all([base.server.stop(), own.server.stop()])
    }
  }
  return rows
}
