// Counters in the database: exact under load, the same for every process, alive after a restart.
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Db } from './client'
import { deleteExpiredLimits, openLimiter } from './limits'
import { databaseFile } from './sqlite'
import { holdLock } from './testing/lock-holder'
import { reopenDatabase, temporaryDatabase } from './testing/temporary-database'

const five = { name: 'five', points: 5, duration: 60 }
const burst = (count: number, consume: (i: number) => Promise<number>) =>
  Promise.all(Array.from({ length: count }, (_, i) => consume(i)))
const keysOf = (db: Db) =>
  db.q
    .select({ key: db.t.limits.key })
    .from(db.t.limits)
    .all()
    .map(({ key }) => key)

afterEach(() => {
  vi.useRealTimers()
})

describe('a limit of five', () => {
  test('lets exactly five of fifty through at once and tells the others how long to wait', async () => {
    const { db } = await temporaryDatabase()
    const limiter = openLimiter(db, five)
    const waits = await burst(50, () => limiter.consume('ann'))
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5)
    for (const wait of waits.filter((wait) => wait > 0)) {
      expect(Number.isInteger(wait)).toBe(true)
      expect(wait).toBeLessThanOrEqual(60)
    }
  })

  test('is one limit for two processes', async () => {
    const { dataDir, db } = await temporaryDatabase()
    const limiters = [openLimiter(db, five), openLimiter(reopenDatabase(dataDir), five)] as const
    const waits = await burst(50, (i) => limiters[i % 2 === 0 ? 0 : 1].consume('ann'))
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5)
  })

  test('survives a restart', async () => {
    const { dataDir, db } = await temporaryDatabase()
    await burst(5, () => openLimiter(db, five).consume('ann'))
    await db.close()
    expect(await openLimiter(reopenDatabase(dataDir), five).consume('ann')).toBeGreaterThan(0)
  })

  test('counts each key and each limit by itself', async () => {
    const { db } = await temporaryDatabase()
    const limiter = openLimiter(db, five)
    await burst(5, () => limiter.consume('ann'))
    expect(await limiter.consume('bob')).toBe(0)
    expect(await openLimiter(db, { ...five, name: 'other' }).consume('ann')).toBe(0)
    expect(await limiter.consume('ann')).toBeGreaterThan(0)
  })

  test('gives a point back for a good try', async () => {
    const { db } = await temporaryDatabase()
    const limiter = openLimiter(db, five)
    await burst(5, () => limiter.consume('ann'))
    await limiter.reward('ann')
    expect(await limiter.consume('ann')).toBe(0)
    expect(await limiter.consume('ann')).toBeGreaterThan(0)
  })

  test('starts afresh after a reset', async () => {
    const { db } = await temporaryDatabase()
    const limiter = openLimiter(db, five)
    await burst(9, () => limiter.consume('ann'))
    await limiter.reset('ann')
    expect((await burst(5, () => limiter.consume('ann'))).every((wait) => wait === 0)).toBe(true)
  })

  test('starts afresh when its time is over, and not a second before', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { db } = await temporaryDatabase()
    const limiter = openLimiter(db, five)
    await burst(6, () => limiter.consume('ann'))
    vi.setSystemTime(Date.now() + 59_000)
    expect(await limiter.consume('ann')).toBe(1)
    vi.setSystemTime(Date.now() + 1000)
    expect(await limiter.consume('ann')).toBe(0)
  })

  test('waits for a database that is locked for a moment and counts once', async () => {
    const { dataDir, db } = await temporaryDatabase()
    const limiter = openLimiter(db, { ...five, points: 1 })
    const { released } = await holdLock(databaseFile(dataDir), 'IMMEDIATE', 300)
    expect(await limiter.consume('ann')).toBe(0)
    await released
    expect(await limiter.consume('ann')).toBeGreaterThan(0)
  })

  test('that cannot be counted because of a lock is a temporary failure and no free try', async () => {
    const { dataDir, db } = await temporaryDatabase()
    const { released } = await holdLock(databaseFile(dataDir), 'IMMEDIATE', 1800)
    await expect(openLimiter(db, five).consume('ann')).rejects.toMatchObject({ code: 'temporarily_unavailable' })
    await released
  })
})

test('expired counters are deleted, live ones stay', async () => {
  const { db } = await temporaryDatabase()
  await openLimiter(db, { name: 'short', points: 1, duration: 1 }).consume('ann')
  await openLimiter(db, { name: 'long', points: 1, duration: 600 }).consume('ann')
  await deleteExpiredLimits(db, Date.now() + 2000, 9)
  expect(keysOf(db)).toEqual(['long:ann'])
})
