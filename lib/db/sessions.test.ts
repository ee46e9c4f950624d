// Session rows: every change is won by exactly one of those who race for it.
import { describe, expect, test } from 'vitest'
import type { Lineage } from '../core/rotation'
import type { Db } from './client'
import {
  advanceLineage,
  confirmGeneration,
  deleteOldSessions,
  endSession,
  findSession,
  insertSession,
  touchSession,
} from './sessions'
import { sessionRow, start, userRow } from './testing/rows'
import { reopenDatabase, temporaryDatabase } from './testing/temporary-database'

const { id: sid } = sessionRow(1)
const first: Lineage = { generation: 1, parent: 0, confirmed: 0, rotatedAt: 0 }
const second: Lineage = { generation: 2, parent: 1, confirmed: 1, rotatedAt: start }
const seen = { lastSeenAt: start, idleExpiresAt: start + 1 }

const withSession = async () => {
  const opened = await temporaryDatabase()
  opened.db.q.insert(opened.db.t.users).values(userRow(1)).run()
  await insertSession(opened.db, sessionRow(1))
  return opened
}
const rowOf = async (db: Db) => (await findSession(db, sid))?.session

describe('finding a session', () => {
  test('gives the row and its user', async () => {
    const { db } = await withSession()
    const found = await findSession(db, sid)
    expect(found?.session).toMatchObject(sessionRow(1))
    expect(found?.user).toMatchObject(userRow(1))
  })

  test('by an id in another case, with a wildcard or of nobody finds nothing', async () => {
    const { db } = await withSession()
    for (const other of [sid.toUpperCase(), '%', `${sid} `, '', "' or 1=1 --"])
      expect(await findSession(db, other)).toBeNull()
  })
})

describe('advancing a lineage', () => {
  test('is won by exactly one of sixteen racers', async () => {
    const { dataDir, db } = await withSession()
    const other = reopenDatabase(dataDir)
    const won = await Promise.all(
      Array.from({ length: 16 }, (_, i) => advanceLineage(i % 2 ? db : other, sid, first, second, seen)),
    )
    expect(won.filter(Boolean)).toHaveLength(1)
    expect(await rowOf(db)).toMatchObject({ ...second, lastSeenAt: start, idleExpiresAt: start + 1 })
  })

  test.each([
    ['another generation', { ...first, generation: 2 }],
    ['another parent', { ...first, parent: 1 }],
    ['another confirmed generation', { ...first, confirmed: 1 }],
  ])('from %s than the row has changes nothing', async (_name, from) => {
    const { db } = await withSession()
    expect(await advanceLineage(db, sid, from, second, seen)).toBe(false)
    expect(await rowOf(db)).toMatchObject(first)
  })

  test('of an ended session changes nothing', async () => {
    const { db } = await withSession()
    await endSession(db, sid, 'signed_out', start)
    expect(await advanceLineage(db, sid, first, second, seen)).toBe(false)
    expect(await rowOf(db)).toMatchObject(first)
  })
})

describe('ending a session', () => {
  test('is done by exactly one of sixteen racers, and its reason stays', async () => {
    const { db } = await withSession()
    const ended = await Promise.all(
      Array.from({ length: 16 }, (_, i) => endSession(db, sid, i === 0 ? 'reuse' : 'signed_out', start + i)),
    )
    expect(ended.filter(Boolean)).toHaveLength(1)
    expect(await rowOf(db)).toMatchObject({ endedAt: start, endedReason: 'reuse' })
  })

  test('that does not exist is no error', async () => {
    const { db } = await withSession()
    expect(await endSession(db, 'nobody', 'signed_out', start)).toBe(false)
  })
})

describe('book-keeping', () => {
  test('never takes a confirmation back', async () => {
    const { db } = await withSession()
    await confirmGeneration(db, sid, 3)
    await confirmGeneration(db, sid, 2)
    expect((await rowOf(db))?.confirmed).toBe(3)
  })

  test('never moves last seen backwards', async () => {
    const { db } = await withSession()
    await touchSession(db, sid, start + 2000, start + 20_000)
    await touchSession(db, sid, start + 1000, start + 10_000)
    expect(await rowOf(db)).toMatchObject({ lastSeenAt: start + 2000, idleExpiresAt: start + 20_000 })
  })

  test('leaves an ended session as it is', async () => {
    const { db } = await withSession()
    await endSession(db, sid, 'signed_out', start)
    await confirmGeneration(db, sid, 1)
    await touchSession(db, sid, start + 1000, start + 9000)
    expect(await rowOf(db)).toMatchObject({ confirmed: 0, lastSeenAt: start })
  })
})

test('old sessions are deleted a few at a time, and only those', async () => {
  const { db } = await withSession()
  for (let i = 2; i <= 8; i++) {
    db.q.insert(db.t.users).values(userRow(i)).run()
    await insertSession(db, sessionRow(i, { expiresAt: start - i }))
  }
  expect(await deleteOldSessions(db, start, 5)).toBe(5)
  expect(await deleteOldSessions(db, start, 5)).toBe(2)
  expect(await deleteOldSessions(db, start, 5)).toBe(0)
  expect(await rowOf(db)).toBeDefined()
})
