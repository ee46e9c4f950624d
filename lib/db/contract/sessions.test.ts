// Session rows on both engines: every change is won by exactly one of those who race for it.
import { describe, expect, test } from 'vitest'
import type { Lineage } from '../../core/rotation'
import type { Db } from '../client'
import {
  advanceLineage,
  confirmGeneration,
  deleteOldSessions,
  endSession,
  findDisowned,
  findSession,
  insertSession,
  renameSession,
  setDisownHash,
  succeedSession,
  touchSession,
} from '../sessions'
import { engines, reopen } from '../testing/postgres-database'
import { sessionRow, start, userRow } from '../testing/rows'

const { id: sid, userId } = sessionRow(1)
const first: Lineage = { generation: 1, parent: 0, confirmed: 0, rotatedAt: 0 }
const second: Lineage = { generation: 2, parent: 1, confirmed: 1, rotatedAt: start }
const seen = { lastSeenAt: start, idleExpiresAt: start + 1 }
const sixteen = Array.from({ length: 16 }, (_, i) => i)
const rowOf = async (db: Db, id = sid) => (await findSession(db, id))?.session

describe.each(engines)('sessions on $name', ({ open }) => {
  const withSession = async () => {
    const opened = await open()
    const { db } = opened
    await db.q.insert(db.t.users).values(userRow(1))
    await insertSession(db, sessionRow(1))
    return { ...opened, pair: [db, await reopen(opened.address)] as const }
  }

  test('come back as they were written, with their user', async () => {
    const { db } = await withSession()
    const full = sessionRow(2, {
      userId,
      remember: true,
      amr: ['pwd', 'otp', 'ünïcode "quoted"'],
      expiresAt: 9_007_199_254_740_991,
      userAgent: "Robert'); DROP TABLE sessions;--",
      name: 'Küche 🍳',
    })
    await insertSession(db, full)
    const found = await findSession(db, full.id)
    expect(found?.session).toEqual({ ...full, endedAt: null, endedReason: null, disownHash: null })
    expect(found?.user).toEqual({ ...userRow(1), epoch: 0, disabledAt: null })
  })

  test('are found by their exact id only', async () => {
    const { db } = await withSession()
    for (const other of [sid.toUpperCase(), '%', `${sid} `, '', "' or 1=1 --"])
      expect(await findSession(db, other)).toBeNull()
  })

  test('of nobody, or twice with one id, are refused', async () => {
    const { db } = await withSession()
    await expect(insertSession(db, sessionRow(7))).rejects.toThrow()
    await expect(insertSession(db, sessionRow(1))).rejects.toThrow()
  })

  test('are advanced by exactly one of sixteen racers', async () => {
    const { db, pair } = await withSession()
    const won = await Promise.all(sixteen.map((i) => advanceLineage(pair[i % 2] ?? db, sid, first, second, seen)))
    expect(won.filter(Boolean)).toHaveLength(1)
    expect(await rowOf(db)).toMatchObject({ ...second, lastSeenAt: start, idleExpiresAt: start + 1 })
  })

  test.each([
    ['another generation', { ...first, generation: 2 }],
    ['another parent', { ...first, parent: 1 }],
    ['another confirmed generation', { ...first, confirmed: 1 }],
  ])('are not advanced from %s than the row has', async (_name, from) => {
    const { db } = await withSession()
    expect(await advanceLineage(db, sid, from, second, seen)).toBe(false)
    expect(await rowOf(db)).toMatchObject(first)
  })

  test('are ended by exactly one of sixteen racers, and then neither advanced, confirmed nor touched', async () => {
    const { db, pair } = await withSession()
    const ended = await Promise.all(sixteen.map((i) => endSession(pair[i % 2] ?? db, sid, 'signed_out', start)))
    expect(ended.filter(Boolean)).toHaveLength(1)
    expect(await advanceLineage(db, sid, first, second, seen)).toBe(false)
    await confirmGeneration(db, sid, 5)
    await touchSession(db, sid, start + 1000, start + 9000)
    expect(await rowOf(db)).toMatchObject({ ...first, lastSeenAt: start, endedAt: start, endedReason: 'signed_out' })
    expect(await endSession(db, 'nobody', 'signed_out', start)).toBe(false)
  })

  test('never take a confirmation back and never move last seen backwards, by many at once', async () => {
    const { db, pair } = await withSession()
    await Promise.all(
      sixteen.flatMap((i) => [
        confirmGeneration(pair[i % 2] ?? db, sid, i),
        touchSession(pair[i % 2] ?? db, sid, start + i, start + 100 + i),
      ]),
    )
    expect(await rowOf(db)).toMatchObject({ confirmed: 15, lastSeenAt: start + 15, idleExpiresAt: start + 115 })
  })

  test('are succeeded by exactly one of sixteen racers, link and all, and not once they are over', async () => {
    const { db, pair } = await withSession()
    await setDisownHash(db, sid, 'a link')
    const former = { id: sid, epoch: 0, disownHash: 'a link' }
    const outcomes = await Promise.all(
      sixteen.map((i) => succeedSession(pair[i % 2] ?? db, former, sessionRow(10 + i, { userId }), start)),
    )
    expect(outcomes.filter(Boolean)).toHaveLength(1)
    const winner = sessionRow(10 + outcomes.indexOf(true)).id
    expect(await rowOf(db, winner)).toMatchObject({ userId, disownHash: 'a link', endedAt: null })
    expect(await rowOf(db)).toMatchObject({ endedReason: 'replaced', disownHash: null })
    expect(await succeedSession(db, { ...former, epoch: 1 }, sessionRow(40, { userId }), start)).toBe(false)
    expect(await rowOf(db, sessionRow(40).id)).toBeUndefined()
  })

  test('are renamed by their owner only', async () => {
    const { db } = await withSession()
    expect(await renameSession(db, sid, userRow(2).id, 'Mine')).toBe(false)
    expect(await renameSession(db, sid, userId, 'Kitchen')).toBe(true)
    expect((await rowOf(db))?.name).toBe('Kitchen')
    expect(await renameSession(db, sid, userId, null)).toBe(true)
    expect((await rowOf(db))?.name).toBeNull()
  })

  test('are found by the link that disowns them, also once ended', async () => {
    const { db } = await withSession()
    expect(await findDisowned(db, 'hash')).toBeNull()
    await setDisownHash(db, sid, 'hash')
    await endSession(db, sid, 'signed_out', start)
    expect((await findDisowned(db, 'hash'))?.session.id).toBe(sid)
    expect((await findDisowned(db, 'hash'))?.user.id).toBe(userId)
  })

  test('that are old are deleted a few at a time, and only those', async () => {
    const { db } = await withSession()
    for (let i = 2; i <= 8; i++) await insertSession(db, sessionRow(i, { userId, expiresAt: start - i }))
    expect(await deleteOldSessions(db, start, 5)).toBe(5)
    expect(await deleteOldSessions(db, start, 5)).toBe(2)
    expect(await deleteOldSessions(db, start, 5)).toBe(0)
    expect(await rowOf(db)).toBeDefined()
  })
})
