// Postgres when things go wrong: away, full, locked, killed. Waits end, nothing leaks, and it recovers by itself.
import { inspect } from 'node:util'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { AppError } from '../core/errors'
import { insertAuditEvent } from './audit-events'
import type { PostgresDb } from './client'
import { migrateDatabase } from './migrate'
import { openPostgres } from './postgres'
import { findSession, insertSession, touchSession } from './sessions'
import { runModule } from './testing/lock-holder'
import { temporaryPostgres, warm } from './testing/postgres-database'
import { askServer, serverPassword, startPostgres } from './testing/postgres-server'
import { sessionRow, start, userRow } from './testing/rows'
import { migrations } from './testing/temporary-database'
import { createUser } from './users'

const open = (url: string): PostgresDb => {
  const db = openPostgres(url)
  onTestFinished(() => db.close())
  return db
}
const event = (id: string) => ({ id, at: start, event: 'test', ip: '192.0.2.1', userAgent: 'Test' })
const faultOf = async (work: Promise<unknown>): Promise<unknown> => {
  const outcome = await work.then(
    () => 'no fault',
    (error: unknown) => error,
  )
  return outcome
}
/** The promise is about a second; the bound is generous because other tests share the machine. Milliseconds. */
const mostWait = 3000
const temporary = { code: 'temporarily_unavailable', details: { retryAfter: 1 } }
const many = (count: number) => Array.from({ length: count }, (_, i) => i)
const timed = async <T>(work: Promise<T>): Promise<[T, number]> => {
  const began = performance.now()
  return [await work, performance.now() - began]
}

describe('migrating Postgres', () => {
  test('by two processes at once ends well in both and applies every migration once', { timeout: 60_000 }, async () => {
    const url = await temporaryPostgres('template0')
    const source = `
      import { migrateDatabase } from './lib/db/migrate.ts'
      await migrateDatabase(${JSON.stringify(url)}, ${JSON.stringify(migrations)})
    `
    const ended = await Promise.all([runModule(source), runModule(source)])
    expect(ended).toEqual(many(2).map(() => ({ code: 0, said: '' })))
    await migrateDatabase(url, migrations)
    const applied = await askServer(url, 'SELECT hash FROM drizzle.__drizzle_migrations')
    expect(new Set(applied.map((row) => JSON.stringify(row))).size).toBe(applied.length)
    expect(applied.length).toBeGreaterThan(0)
  })

  test.each([
    ['with a wrong password', (url: string) => url.replace(serverPassword, 'wr0ng'), /user or the password.*28P01/],
    ['of a name that it has not', (url: string) => url.replace(/[^/]+$/, 'nowhere'), /no database of the name.*3D000/],
    ['at a port where nothing is', (url: string) => url.replace(/:\d+\//, ':9/'), /cannot be reached.*ECONNREFUSED/],
  ])('%s says so in one line without password, host or name', async (_name, spoil, words) => {
    const url = spoil(inject('postgres'))
    const fault = await faultOf(migrateDatabase(url, migrations))
    expect(fault).toBeInstanceOf(Error)
    expect(fault).toMatchObject({ message: expect.stringMatching(words) })
    expect(inspect(fault, { depth: 9 })).not.toMatch(/wr0ng|passw0rd|127\.0\.0\.1|nowhere/)
  })
})

describe('a pool whose ten connections are all busy', () => {
  test('refuses two hundred statements within their second, and answers again as soon as one is free', async () => {
    const db = open(await temporaryPostgres())
    await warm(db)
    const busy = Promise.allSettled(many(10).map(() => db.driver.query('SELECT pg_sleep(4)')))
    const [results, took] = await timed(Promise.allSettled(many(200).map(() => findSession(db, 'x'))))
    console.info(`two hundred statements without a connection: refused after ${Math.round(took)} ms`)
    for (const result of results) expect(result).toMatchObject({ status: 'rejected', reason: temporary })
    expect(took).toBeLessThan(mostWait)
    await busy
    expect(await Promise.all(many(20).map(() => findSession(db, 'x')))).toEqual(many(20).map(() => null))
    expect(db.driver.totalCount).toBe(10)
  })

  test('lets two hundred transactions through one after the other, or refuses them, and keeps none', async () => {
    const db = open(await temporaryPostgres())
    const users = many(200).map((i) => ({
      user: userRow(i),
      session: sessionRow(i),
      passwordHash: 'x',
      usedToken: null,
    }))
    const [made, took] = await timed(Promise.allSettled(users.map((arrival) => createUser(db, arrival))))
    console.info(`two hundred transactions on ten connections: ${Math.round(took)} ms`)
    for (const result of made)
      expect(result).toMatchObject(result.status === 'fulfilled' ? { value: true } : { reason: temporary })
    expect(await findSession(db, 'x')).toBeNull()
    expect([db.driver.idleCount, db.driver.waitingCount]).toEqual([db.driver.totalCount, 0])
  })
})

describe('a row that another holds', () => {
  test('is waited for, for at most a second, then answered with a temporary failure', async () => {
    const db = open(await temporaryPostgres())
    await createUser(db, { user: userRow(1), session: sessionRow(1), passwordHash: null, usedToken: null })
    const holder = await db.driver.connect()
    await holder.query('BEGIN; SELECT 1 FROM sessions FOR UPDATE')
    const touch = () => touchSession(db, sessionRow(1).id, start + 1, start + 2)
    const [fault, took] = await timed(faultOf(touch()))
    expect(fault).toMatchObject(temporary)
    expect(took).toBeLessThan(mostWait)
    const waiting = touch()
    await new Promise((resolve) => setTimeout(resolve, 300))
    await holder.query('COMMIT')
    holder.release()
    await waiting
    expect((await findSession(db, sessionRow(1).id))?.session.lastSeenAt).toBe(start + 1)
  })
})

describe('connections that are cut', () => {
  test('in a stream of transactions leak nothing and write nothing by halves', async () => {
    const url = await temporaryPostgres()
    const db = open(url)
    let running = true
    const cut = async () => {
      while (running) {
        await askServer(
          url,
          'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
        ).catch(() => undefined)
        await new Promise((resolve) => setTimeout(resolve, 30))
      }
    }
    const cutting = cut()
    const results = await Promise.allSettled(
      many(300).map(async (i) => {
        await new Promise((resolve) => setTimeout(resolve, i * 3))
        return createUser(db, { user: userRow(i), session: sessionRow(i), passwordHash: 'x', usedToken: null })
      }),
    )
    running = false
    await cutting
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject(temporary)
      else expect(result.value).toBe(true)
    }
    const done = results.filter(({ status }) => status === 'fulfilled').length
    console.info(`connections cut in a stream of 300 transactions: ${done} written, ${300 - done} refused`)
    const counts = await Promise.all(
      (['users', 'sessions', 'credentials'] as const).map(
        async (name) => (await db.q.select().from(db.t[name])).length,
      ),
    )
    expect(new Set(counts).size).toBe(1)
    // A commit whose answer was lost is there all the same, so there may be more than were acknowledged.
    expect(counts[0]).toBeGreaterThanOrEqual(done)
    await Promise.all(many(30).map((i) => insertAuditEvent(db, event(`after ${i}`))))
    expect(db.driver.waitingCount).toBe(0)
    expect(db.driver.idleCount).toBe(db.driver.totalCount)
  })
})

describe('a server that goes away', () => {
  test('stopped or killed: a temporary failure within its time, no crash, and back by itself', {
    timeout: 60_000,
  }, async () => {
    const server = await startPostgres()
    onTestFinished(() => server.remove())
    const url = server.url('postgres')
    await migrateDatabase(url, migrations)
    const db = open(url)
    for (const signal of ['SIGINT', 'SIGKILL'] as const) {
      await Promise.all(many(20).map((i) => insertAuditEvent(db, event(`${signal} ${i}`))))
      const flying = Promise.allSettled(many(50).map((i) => insertAuditEvent(db, event(`${signal} in flight ${i}`))))
      await server.stop(signal)
      for (const result of await flying)
        if (result.status === 'rejected') expect(result.reason).toMatchObject(temporary)
      const [fault, took] = await timed(faultOf(findSession(db, 'x')))
      expect(fault).toMatchObject(temporary)
      expect(took).toBeLessThan(mostWait)
      expect(await faultOf(insertAuditEvent(db, event('away')))).toMatchObject(temporary)
      expect(inspect(fault, { depth: 9 })).not.toMatch(/passw0rd|127\.0\.0\.1|handstamp:/)
      await server.start()
      expect(await findSession(db, 'x')).toBeNull()
      await insertAuditEvent(db, event(`${signal} again`))
    }
    const kept = await db.q.select().from(db.t.auditEvents)
    expect(kept.filter(({ id }) => /^SIG\w+ \d+$|again$/.test(id))).toHaveLength(42)
    expect(kept.some(({ id }) => id === 'away')).toBe(false)
  })
})

describe('an error of Postgres', () => {
  test('that is logged holds neither the statement nor its values', async () => {
    const db = open(await temporaryPostgres())
    await db.q.insert(db.t.users).values(userRow(1))
    const secret = { ip: 'ip-of-ann', userAgent: 'agent-of-ann', salt: 'salt-of-ann' }
    const twice = insertSession(db, sessionRow(1, secret)).then(() => insertSession(db, sessionRow(1, secret)))
    for (const fault of [await faultOf(twice), await faultOf(insertSession(db, sessionRow(2, secret)))]) {
      expect(fault).toBeInstanceOf(Error)
      expect(fault).not.toBeInstanceOf(AppError)
      expect(inspect(fault, { depth: 9, showHidden: true })).not.toMatch(/of-ann|insert into|values/i)
      expect(fault).toMatchObject({ message: expect.stringMatching(/^Postgres: it refused a statement \(2350[35] /) })
    }
  })
})
