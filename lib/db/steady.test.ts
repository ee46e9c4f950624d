// A database that another process keeps busy: patience without standing still, then a 503 that loses nothing.
import { describe, expect, test } from 'vitest'
import { AppError } from '../core/errors'
import { insertAuditEvent } from './audit-events'
import type { Db } from './client'
import { databaseFile } from './sqlite'
import { note, write } from './steady'
import { holdLock } from './testing/lock-holder'
import { longestStall } from './testing/loop-probe'
import { start, userRow } from './testing/rows'
import { reopenDatabase, temporaryDatabase } from './testing/temporary-database'
import { findUserByEmail } from './users'

const event = (id: string) => ({ id, at: start, event: 'test', ip: '192.0.2.1', userAgent: 'Test' })
const eventIds = (db: Db) =>
  db.q
    .select({ id: db.t.auditEvents.id })
    .from(db.t.auditEvents)
    .all()
    .map(({ id }) => id)
/** The driver waits 100 ms at a time; the bound is generous because other tests share the machine. */
const stallMost = 400

describe('a database that another process has locked', () => {
  test('for 400 ms takes the write when it is free again', async () => {
    const { dataDir, db } = await temporaryDatabase()
    const { released } = await holdLock(databaseFile(dataDir), 'IMMEDIATE', 400)
    const { stall, outcome } = await longestStall(() => insertAuditEvent(db, event('late')))
    console.info(`locked for 400 ms: longest stall of the event loop ${stall} ms`)
    expect(outcome.status).toBe('fulfilled')
    expect(eventIds(db)).toEqual(['late'])
    expect(stall).toBeLessThan(stallMost)
    await released
  })

  test('for longer than a second is a temporary failure that names a time to try again and blocks nobody', async () => {
    const { dataDir, db } = await temporaryDatabase()
    const { released } = await holdLock(databaseFile(dataDir), 'IMMEDIATE', 2500)
    const { stall, outcome } = await longestStall(() => insertAuditEvent(db, event('never')))
    console.info(`locked for longer than a second: longest stall of the event loop ${stall} ms`)
    expect(outcome).toMatchObject({
      status: 'rejected',
      reason: { code: 'temporarily_unavailable', details: { retryAfter: 1 } },
    })
    expect(stall).toBeLessThan(stallMost)
    await released
    expect(eventIds(db)).toEqual([])
    await insertAuditEvent(db, event('afterwards'))
    expect(eventIds(db)).toEqual(['afterwards'])
  })

  test('still answers reads at once', async () => {
    const { dataDir, db } = await temporaryDatabase()
    db.q.insert(db.t.users).values(userRow(1)).run()
    const { released } = await holdLock(databaseFile(dataDir), 'IMMEDIATE', 600)
    let free = false
    const letGo = released.then(() => {
      free = true
    })
    const began = performance.now()
    for (let i = 0; i < 20; i++) expect(await findUserByEmail(db, 'person1@example.com')).not.toBeNull()
    expect(free).toBe(false)
    console.info(`twenty reads beside a write lock: ${Math.round(performance.now() - began)} ms`)
    await letGo
  })

  test('lets twenty waiting writers in one after the other, in the order in which they came', async () => {
    const { dataDir, db } = await temporaryDatabase()
    const { released } = await holdLock(databaseFile(dataDir), 'IMMEDIATE', 400)
    const ids = Array.from({ length: 20 }, (_, i) => `event ${String(i).padStart(2, '0')}`)
    const done: string[] = []
    await Promise.all(ids.map((id) => insertAuditEvent(db, event(id)).then(() => done.push(id))))
    expect(done).toEqual(ids)
    expect(eventIds(db).sort()).toEqual(ids)
    await released
  })

  test('refuses twenty waiting writers without the event loop standing still for each of them', async () => {
    const { dataDir, db } = await temporaryDatabase()
    const { released } = await holdLock(databaseFile(dataDir), 'IMMEDIATE', 4000)
    const began = performance.now()
    const { stall, outcome } = await longestStall(() =>
      Promise.allSettled(Array.from({ length: 20 }, (_, i) => insertAuditEvent(db, event(`event ${i}`)))),
    )
    const waited = performance.now() - began
    console.info(`twenty writers refused after ${Math.round(waited)} ms, longest stall of the event loop ${stall} ms`)
    const results = outcome.status === 'fulfilled' ? outcome.value : []
    expect(results).toHaveLength(20)
    for (const result of results)
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'temporarily_unavailable' } })
    await released
    expect(stall).toBeLessThan(stallMost)
  })
})

describe('a write', () => {
  test('that fails does not hold up the next one', async () => {
    const { db } = await temporaryDatabase()
    const results = await Promise.allSettled([
      insertAuditEvent(db, event('twin')),
      insertAuditEvent(db, event('twin')),
      insertAuditEvent(db, event('other')),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  test('of two connections at once is kept twice', async () => {
    const { dataDir, db } = await temporaryDatabase()
    const other = reopenDatabase(dataDir)
    await Promise.all(Array.from({ length: 40 }, (_, i) => insertAuditEvent(i % 2 ? db : other, event(`event ${i}`))))
    expect(eventIds(db)).toHaveLength(40)
  })

  test('of a note waits for no disk, and every other write does again, however the note ended', async () => {
    const { db } = await temporaryDatabase()
    const synced = async () => db.driver.pragma('synchronous', { simple: true })
    const [normal, full] = [1, 2]
    const failing = async () => {
      throw new Error('no')
    }
    const results = await Promise.allSettled([note(db, synced), write(synced), note(db, failing), write(synced)])
    expect(results.map((result) => result.status === 'fulfilled' && result.value)).toEqual([normal, full, false, full])
  })

  test('on a full disk is a temporary failure, while reads go on', async () => {
    const { db } = await temporaryDatabase()
    db.q.insert(db.t.users).values(userRow(1)).run()
    const pages: unknown = db.driver.pragma('page_count', { simple: true })
    db.driver.pragma(`max_page_count = ${String(pages)}`)
    const fill = async () => {
      for (let i = 0; i < 200; i++) await insertAuditEvent(db, { ...event(`event ${i}`), userAgent: 'x'.repeat(256) })
    }
    await expect(fill()).rejects.toMatchObject({ code: 'temporarily_unavailable', details: { retryAfter: 1 } })
    expect(await findUserByEmail(db, 'person1@example.com')).not.toBeNull()
  })

  test('on a file that may only be read is a temporary failure', async () => {
    const { db } = await temporaryDatabase()
    db.driver.pragma('query_only = ON')
    await expect(insertAuditEvent(db, event('no'))).rejects.toBeInstanceOf(AppError)
  })

  test('passes on an error that waiting does not mend, without trying twice', async () => {
    let tries = 0
    const fault = new Error('a fault of ours')
    const run = async () => {
      tries++
      throw fault
    }
    await expect(write(run)).rejects.toBe(fault)
    expect(tries).toBe(1)
  })
})
