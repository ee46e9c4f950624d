// Epochs and the revocation snapshot on both engines.
import { describe, expect, test } from 'vitest'
import { deleteOldEpochs, findEpochEnd, raiseAllEpochs, raiseEpoch } from '../epochs'
import { findEndedSince, noteRevocation } from '../revocations'
import { countAllLiveSessions } from '../session-list'
import { endSession, findSession, insertSession } from '../sessions'
import { engines, reopen } from '../testing/postgres-database'
import { sessionRow, start, userRow } from '../testing/rows'
import { findUserByEmail } from '../users'

const { id: userId, email } = userRow(1)
const change = { userId, from: 0, at: start, reason: 'password_changed', keep: null, by: null } as const
const sixteen = Array.from({ length: 16 }, (_, i) => i)

describe.each(engines)('epochs on $name', ({ open }) => {
  const withSessions = async () => {
    const opened = await open()
    const { db } = opened
    await db.q.insert(db.t.users).values([userRow(1), userRow(2)])
    for (const number of [1, 2, 3]) await insertSession(db, sessionRow(number, { userId }))
    return { ...opened, pair: [db, await reopen(opened.address)] as const }
  }

  test('are raised by exactly one of sixteen racers, with everything that belongs to it', async () => {
    const { db, pair } = await withSessions()
    const raised = await Promise.all(
      sixteen.map((i) =>
        raiseEpoch(pair[i % 2] ?? db, { ...change, keep: sessionRow(2).id }, (tx, t) => [
          tx.insert(t.auditEvents).values({ id: `event ${i}`, at: start, event: 'x', ip: '', userAgent: '' }),
        ]),
      ),
    )
    expect(raised.filter(Boolean)).toHaveLength(1)
    expect((await findUserByEmail(db, email))?.user.epoch).toBe(1)
    expect((await findSession(db, sessionRow(2).id))?.session.epoch).toBe(1)
    expect((await findSession(db, sessionRow(3).id))?.session.epoch).toBe(0)
    expect(await db.q.select().from(db.t.auditEvents)).toHaveLength(1)
    expect((await findEndedSince(db, 0, 9)).sequence).toBe(1)
  })

  test('that nobody has, or whose write fails half-way, change nothing', async () => {
    const { db } = await withSessions()
    await expect(raiseEpoch(db, { ...change, userId: 'nobody' })).rejects.toThrow()
    const ofNobody = sessionRow(9, { userId: 'nobody' })
    await expect(raiseEpoch(db, change, (tx, t) => [tx.insert(t.sessions).values(ofNobody)])).rejects.toThrow()
    expect((await findUserByEmail(db, email))?.user.epoch).toBe(0)
    expect(await findEndedSince(db, 0, 9)).toEqual({ sequence: 0, notBefore: 0, sids: [], epochs: [] })
    expect(await raiseEpoch(db, change)).toBe(true)
  })

  test('of everybody rise with one write, and tokens from before it are refused', async () => {
    const { db } = await withSessions()
    await insertSession(db, sessionRow(4, { userId: userRow(2).id }))
    await endSession(db, sessionRow(1).id, 'signed_out', start)
    expect(await countAllLiveSessions(db, start)).toBe(3)
    for (const at of [start + 1, start + 2]) await raiseAllEpochs(db, at, 'admin')
    expect(await countAllLiveSessions(db, start)).toBe(0)
    expect((await findUserByEmail(db, email))?.user.epoch).toBe(2)
    expect(await findEpochEnd(db, userRow(2).id, 1)).toEqual({ at: start + 2, reason: 'admin' })
    const { sequence, notBefore, epochs } = await findEndedSince(db, start, 9)
    expect([sequence, notBefore, new Map(epochs).get(userId)]).toEqual([3, start + 2, 2])
  })

  test('of everybody rise also beside one that somebody raises at the same time', async () => {
    const { db, pair } = await withSessions()
    await Promise.all([raiseEpoch(pair[0], { ...change, by: null }), raiseAllEpochs(pair[1], start + 1, 'admin')])
    expect(await countAllLiveSessions(db, start)).toBe(0)
    expect((await findEndedSince(db, start - 1, 9)).notBefore).toBe(start + 1)
  })

  test('do not rise at the wish of a session that is over, and nothing else is written', async () => {
    const { db } = await withSessions()
    await endSession(db, sessionRow(1).id, 'signed_out', start)
    expect(await raiseEpoch(db, { ...change, by: sessionRow(1).id })).toBe(false)
    expect((await findUserByEmail(db, email))?.user.epoch).toBe(0)
    expect(await raiseEpoch(db, { ...change, by: sessionRow(2).id })).toBe(true)
  })

  test('say when and why they ended', async () => {
    const { db } = await withSessions()
    expect(await findEpochEnd(db, userId, 0)).toBeNull()
    await raiseEpoch(db, change)
    expect(await findEpochEnd(db, userId, 0)).toEqual({ at: start, reason: 'password_changed' })
    expect(await findEpochEnd(db, userId, 1)).toBeNull()
    await deleteOldEpochs(db, start, 9)
    expect(await findEpochEnd(db, userId, 0)).not.toBeNull()
    await deleteOldEpochs(db, start + 1, 9)
    expect(await findEpochEnd(db, userId, 0)).toBeNull()
  })

  test('and ends since a moment are in the snapshot, the highest epoch of each user', async () => {
    const { db } = await withSessions()
    await endSession(db, sessionRow(1).id, 'signed_out', start)
    await endSession(db, sessionRow(2).id, 'signed_out', start + 5)
    for (const from of [0, 1, 2]) await raiseEpoch(db, { ...change, from, at: start + from })
    await raiseEpoch(db, { ...change, userId: userRow(2).id, at: start - 1 })
    const ended = await findEndedSince(db, start, 10)
    expect(ended).toEqual({ sequence: 6, notBefore: 0, sids: [sessionRow(2).id], epochs: [[userId, 3]] })
    expect((await findEndedSince(db, 0, 1)).sids).toHaveLength(1)
    expect((await findEndedSince(db, 0, 1)).epochs).toHaveLength(1)
  })

  test('note each end once, however many there are at once', async () => {
    const { db, pair } = await withSessions()
    await Promise.all(sixteen.map((i) => noteRevocation(pair[i % 2] ?? db)))
    expect((await findEndedSince(db, 0, 9)).sequence).toBe(16)
  })
})
