// A copy loses nothing, changes nothing, and is whole or not there at all, in both directions.
import { join } from 'node:path'
import { describe, expect, inject, test } from 'vitest'
import { insertAuditEvent } from './audit-events'
import type { Db } from './client'
import { copyDatabase } from './copy'
import { openLimiter } from './limits'
import { migrateDatabase } from './migrate'
import { noteRotation } from './rotations'
import { endSession } from './sessions'
import { storeKey } from './signing-keys'
import { keyOf, type TableName, tableOrder } from './table-order'
import { runProgram } from './testing/lock-holder'
import { type Engine, engines, reopen, temporaryPostgres } from './testing/postgres-database'
import { serverPassword } from './testing/postgres-server'
import { personalTokenRow, sessionRow, start, tokenRow, userRow } from './testing/rows'
import { migrations, temporaryFolder } from './testing/temporary-database'

const most = 9_007_199_254_740_991
const many = (count: number) => Array.from({ length: count }, (_, i) => i)

/** A row of every kind: JSON, booleans, nulls, large times, and texts that need quoting. */
const fill = async ({ db }: { db: Db }, sessions = 5200): Promise<void> => {
  const { q, t } = db
  const odd = 'Zoë "quoted" \\ \' \t\n 漢字 🍪'
  await q.insert(t.users).values(many(40).map((i) => ({ ...userRow(i, { name: odd, demo: i % 2 === 0 }), epoch: i })))
  await q.insert(t.users).values({ ...userRow(99, { roles: ['user', odd, ''] }), disabledAt: most })
  await q
    .insert(t.credentials)
    .values({ userId: userRow(1).id, kind: 'password', secret: odd, createdAt: 0, changedAt: most })
  for (let i = 0; i < sessions; i += 400)
    await q.insert(t.sessions).values(
      many(Math.min(400, sessions - i)).map((n) => {
        const changes = {
          userId: userRow((i + n) % 40).id,
          remember: n % 3 === 0,
          amr: n % 5 === 0 ? [] : ['pwd', odd],
        }
        return { ...sessionRow(i + n, changes), name: n % 2 ? odd : null, expiresAt: most }
      }),
    )
  await endSession(db, sessionRow(3).id, 'signed_out', start)
  await q.insert(t.userEpochs).values({ userId: userRow(2).id, epoch: 1, at: start, reason: 'password_changed' })
  for (const generation of [1, 2, 10])
    await noteRotation(db, { sid: sessionRow(4).id, generation, parent: 0, at: start }, 'lost')
  await q.insert(t.devices).values({ userId: userRow(2).id, idHash: odd, createdAt: 0, lastSeenAt: start })
  await q.insert(t.personalTokens).values([personalTokenRow(1, 1), personalTokenRow(2, 1, { revokedAt: start })])
  await q.insert(t.mailedTokens).values([tokenRow(1), tokenRow(2, { passwordHash: null })])
  const [userId, times] = [userRow(2).id, { createdAt: start, lastUsedAt: start }]
  await q.insert(t.totp).values({ userId, sealedSecret: odd, createdAt: 0, confirmedAt: null, lastStep: 1 })
  await q.insert(t.recoveryCodes).values({ userId, codeHash: odd, createdAt: 0, usedAt: most })
  await q
    .insert(t.passkeys)
    .values({ id: 'a', userId, publicKey: odd, counter: most, transports: [odd], name: odd, backedUp: true, ...times })
  await q.insert(t.connectedAccounts).values({ provider: 'x', subject: odd, userId, email: odd, ...times })
  await q.insert(t.outbox).values({ id: 'a', sealed: odd, createdAt: 0, dueAt: most })
  await q.insert(t.departures).values({ userId, email: odd, tokenHash: odd, createdAt: 0, deleteAt: most })
  await q.insert(t.signInFailures).values({ key: odd, failures: 3, waitUntil: start, lastAt: most })
  await storeKey(db, {
    kid: 'kid',
    alg: 'ES256',
    state: 'active',
    publicJwk: { z: 1, a: { c: [1, null, true, odd], b: 1.5 }, kty: 'EC' },
    sealedPrivateJwk: odd,
    createdAt: start,
    activatedAt: null,
    retiredAt: null,
  })
  for (const id of ['a', 'B', 'é', '_'])
    await insertAuditEvent(db, { id, at: start, event: odd, ip: '', userAgent: '', detail: { a: odd } })
  await openLimiter(db, { name: 'x', points: 1, duration: 60 }).consume('ann')
}

/** Every row, in an order of its own; the properties of JSON have none. */
const contentOf = async ({ q, t }: Db) => {
  const content: Partial<Record<TableName, unknown[]>> = {}
  for (const name of tableOrder()) {
    const place = (row: Record<string, unknown>) => JSON.stringify(keyOf(name).map((key) => row[key]))
    const rows: Record<string, unknown>[] = await q.select().from(t[name])
    content[name] = rows.sort((a, b) => (place(a) < place(b) ? -1 : 1))
  }
  return content
}
const countIn = async ({ q, t }: Db, name: TableName) => (await q.select().from(t[name])).length

const [sqlite, postgres] = engines as [Engine, Engine]
const directions: { name: string; from: Engine; to: Engine }[] = [
  { name: 'SQLite to Postgres', from: sqlite, to: postgres },
  { name: 'Postgres to SQLite', from: postgres, to: sqlite },
]

test('tables come after those that their rows point to', () => {
  const order = tableOrder()
  expect(order.indexOf('users')).toBeLessThan(order.indexOf('sessions'))
  expect(order.indexOf('sessions')).toBeLessThan(order.indexOf('rotations'))
  expect(new Set(order).size).toBe(order.length)
})

describe.each(directions)('copying from $name', ({ from, to }) => {
  test('brings over every row of every table as it was', { timeout: 60_000 }, async () => {
    const [source, target] = [await from.open(), await to.open()]
    await fill(source)
    const copied = await copyDatabase(source.address, target.address, migrations)
    expect(await contentOf(target.db)).toEqual(await contentOf(source.db))
    expect(copied.map(({ table }) => table)).toEqual(tableOrder())
    expect(copied.find(({ table }) => table === 'sessions')?.rows).toBe(5200)
    for (const { table, rows } of copied) expect(rows, `${table} has rows in this test`).toBeGreaterThan(0)
  })

  test('into one that has a row already is refused and changes nothing', async () => {
    const [source, target] = [await from.open(), await to.open()]
    await fill(source, 10)
    await target.db.q.insert(target.db.t.users).values(userRow(1))
    await expect(copyDatabase(source.address, target.address, migrations)).rejects.toThrow(/not empty.*users/)
    expect(await countIn(target.db, 'users')).toBe(1)
    expect(await countIn(target.db, 'sessions')).toBe(0)
  })

  test('while the source is written to brings over one moment of it', { timeout: 60_000 }, async () => {
    const [source, target] = [await from.open(), await to.open()]
    await fill(source, 2000)
    const other = await reopen(source.address)
    let running = true
    let written = 0
    const writing = (async () => {
      while (running) {
        const n = 10_000 + written
        await other.batch((tx) => [
          tx.insert(other.t.users).values(userRow(n)),
          tx.insert(other.t.sessions).values(sessionRow(n)),
        ])
        written++
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
    })()
    await copyDatabase(source.address, target.address, migrations)
    running = false
    await writing
    expect(written).toBeGreaterThan(0)
    // Users and their sessions are written together, so a torn copy would hold more of one.
    expect((await countIn(target.db, 'sessions')) - 2000).toBe((await countIn(target.db, 'users')) - 41)
  })
})

describe('a copy that fails', () => {
  test('half-way leaves the target as empty as it was', async () => {
    const [source, target] = [await sqlite.open(), await postgres.open()]
    await fill(source, 900)
    // Postgres has no text with a zero byte; this row comes after many that it took.
    await source.db.q.update(source.db.t.auditEvents).set({ event: 'zero \0 byte' })
    await expect(copyDatabase(source.address, target.address, migrations)).rejects.toThrow(/^Postgres: .*22021/)
    for (const name of tableOrder()) expect(await countIn(target.db, name), name).toBe(0)
  })

  test('because the target cannot be reached, or is the source itself, says so in one line', async () => {
    const { address } = await sqlite.open()
    const nowhere = inject('postgres').replace(/:\d+\//, ':9/')
    await expect(copyDatabase(address, nowhere, migrations)).rejects.toThrow(/^Postgres: it cannot be reached/)
    await expect(copyDatabase(address, address, migrations)).rejects.toThrow('the same database')
    await expect(copyDatabase(join(address, 'none'), nowhere, migrations)).rejects.toThrow(
      'There is no SQLite database',
    )
  })
})

describe('npm run db:copy', () => {
  const command = (...args: string[]) => runProgram({}, '--import', 'tsx', 'scripts/db-copy.ts', ...args)

  test('says how many rows of each table it copied, and never the password', { timeout: 60_000 }, async () => {
    const source = await sqlite.open()
    await fill(source, 20)
    const url = await temporaryPostgres('template0')
    const { code, said } = await command('--from', `sqlite:${source.address}`, '--to', url)
    expect(said).toMatch(/sessions +20\n/)
    expect(said).toMatch(/Copied and compared \d+ rows of \d+ tables/)
    expect(code).toBe(0)
    const again = await command('--from', `sqlite:${join(source.address, 'handstamp.db')}`, '--to', url)
    expect(again.code).toBe(1)
    expect(again.said).toContain('not empty')
    const back = temporaryFolder()
    expect(await command('--from', url, '--to', `sqlite:${back}`)).toMatchObject({ code: 0 })
    await migrateDatabase(back, migrations)
    expect(await contentOf(await reopen(back))).toEqual(await contentOf(source.db))
    expect(said + again.said).not.toContain(serverPassword)
  })

  test.each([
    ['nothing', []],
    ['one side', ['--from', 'sqlite:.data']],
    ['another kind of database', ['--from', 'sqlite:.data', '--to', 'mysql://a:xyzzy@b/c']],
    ['something unknown', ['--form', 'xyzzy']],
  ])('with %s says how it is used', async (_name, args) => {
    const { code, said } = await command(...args)
    expect(code).toBe(1)
    expect(said).toContain('Usage: npm run db:copy')
    expect(said).not.toContain('xyzzy')
  })
})
