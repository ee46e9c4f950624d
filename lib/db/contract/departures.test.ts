// Deleted accounts and what is given out of an account, on both engines.
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { insertAuditEvent } from '../audit-events'
import {
  accountDeparted,
  accountReturned,
  type Departure,
  deleteDeparted,
  findDeparture,
  hasDeparted,
  restoreAccount,
} from '../departures'
import { readOwnData } from '../own-data'
import { engines, reopen } from '../testing/postgres-database'
import { personalTokenRow, sessionRow, start, tokenRow, userRow } from '../testing/rows'
import { findUser, findUserByEmail } from '../users'

const ann = userRow(1)
const week = 7 * 86_400_000
const departure: Departure = {
  userId: ann.id,
  email: ann.email,
  tokenHash: 'hash',
  createdAt: start,
  deleteAt: start + week,
}
const sixteen = Array.from({ length: 16 }, (_, i) => i)

describe.each(engines)('departures on $name', ({ open }) => {
  const departed = async () => {
    const { db, address } = await open()
    const { q, t } = db
    await q.insert(t.users).values([ann, userRow(2)])
    await q.insert(t.sessions).values(sessionRow(1, { userId: ann.id }))
    await q.insert(t.personalTokens).values(personalTokenRow(1, 1))
    const event = { at: start, event: 'signed_in', userId: ann.id, ip: '192.0.2.1', userAgent: 'Test' }
    await insertAuditEvent(db, { id: 'event', ...event, detail: { a: 'b' } })
    const before = await readOwnData(db, ann.id)
    await db.batch((tx) => accountDeparted(tx, t, departure))
    return { db, before, pair: [db, await reopen(address)] as const }
  }

  test('free the address at once, and revoke every token', async () => {
    const { db, before } = await departed()
    expect(before).toMatchObject({ user: { email: ann.email }, password: false, recoveryCodesLeft: 0 })
    expect([before.sessions, before.personalTokens, before.auditEvents].map((rows) => rows.length)).toEqual([1, 1, 1])
    expect(JSON.stringify(before)).not.toMatch(new RegExp(`hash|salt|${sessionRow(1).id}`))
    expect(await findUserByEmail(db, ann.email)).toBeNull()
    expect((await findUser(db, ann.id))?.disabledAt).toBe(start)
    expect((await db.q.select().from(db.t.personalTokens))[0]?.revokedAt).toBe(start)
  })

  test('are undone by one of sixteen, until their time', async () => {
    const { db, pair } = await departed()
    expect(await findDeparture(db, 'hash', start + week)).toBeNull()
    expect(await findDeparture(db, 'other', start)).toBeNull()
    expect(await findDeparture(db, 'hash', start + week - 1)).toEqual(departure)
    const outcomes = await Promise.all(sixteen.map((i) => restoreAccount(pair[i % 2] ?? db, departure)))
    expect(outcomes.filter((outcome) => outcome === 'restored')).toHaveLength(1)
    expect(await findUser(db, ann.id)).toMatchObject({ email: ann.email, disabledAt: null })
    expect(await findDeparture(db, 'hash', start)).toBeNull()
  })

  test('are undone whole or not at all, and can come again', async () => {
    const { db } = await departed()
    const { q, t } = db
    const wrong = { ...departure, tokenHash: 'other' }
    expect(await restoreAccount(db, wrong)).toBe('gone')
    expect(hasDeparted((await findUser(db, ann.id)) ?? ann)).toBe(true)
    // As an interrupted undo of two writes would leave it: a live account, and still its departure.
    await q.update(t.users).set({ email: ann.email, disabledAt: null }).where(eq(t.users.id, ann.id))
    expect(await deleteDeparted(db, start + week, 9)).toBe(0)
    expect(await restoreAccount(db, departure)).toBe('restored')
    await q.insert(t.departures).values(departure)
    const again = { ...departure, tokenHash: 'again', deleteAt: start + 2 * week }
    await db.batch((tx) => accountDeparted(tx, t, again))
    expect(await findDeparture(db, 'again', start)).toEqual(again)
    expect(await findDeparture(db, 'hash', start)).toBeNull()
  })

  test('keep the way back of a changed address, and no other mailed token', async () => {
    const { db } = await open()
    const { q, t } = db
    await q.insert(t.users).values(ann)
    await q
      .insert(t.mailedTokens)
      .values([
        tokenRow(1, { purpose: 'undo_email', userId: ann.id }),
        tokenRow(2, { purpose: 'reset_password', userId: ann.id }),
      ])
    await db.batch((tx) => accountDeparted(tx, t, departure))
    expect((await q.select().from(t.mailedTokens)).map(({ purpose }) => purpose)).toEqual(['undo_email'])
    await db.batch((tx) => accountReturned(tx, t, ann.id, 'ann@former.example'))
    expect(await findUser(db, ann.id)).toMatchObject({ email: 'ann@former.example', disabledAt: null })
    expect(await findDeparture(db, 'hash', start)).toBeNull()
  })

  test('can’t be undone where the address has another account', async () => {
    const { db } = await departed()
    await db.q.insert(db.t.users).values({ ...userRow(3), email: ann.email })
    expect(await restoreAccount(db, departure)).toBe('taken')
    expect(await findDeparture(db, 'hash', start)).toEqual(departure)
  })

  test('leave nothing after their time but events without a person', async () => {
    const { db } = await departed()
    expect(await deleteDeparted(db, start + week - 1, 9)).toBe(0)
    expect(await deleteDeparted(db, start + week, 9)).toBe(1)
    expect(await deleteDeparted(db, start + week, 9)).toBe(0)
    expect(await findUser(db, ann.id)).toBeNull()
    expect(await db.q.select().from(db.t.sessions)).toEqual([])
    expect(await db.q.select().from(db.t.auditEvents)).toMatchObject([{ ip: '', userAgent: '', detail: null }])
  })
})
