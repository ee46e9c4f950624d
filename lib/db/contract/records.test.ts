// Audit events, families of sessions, signing keys, limits and the batch itself on both engines.
import { describe, expect, test } from 'vitest'
import { deleteOldAuditEvents, insertAuditEvent, listAuditEvents } from '../audit-events'
import { deleteExpiredLimits, openLimiter } from '../limits'
import { deleteOldRotations, listFamily, noteRotation } from '../rotations'
import { insertSession } from '../sessions'
import { listLiveKeys, replaceSeal, type SigningKeyRow, storeKey } from '../signing-keys'
import { engines, reopen } from '../testing/postgres-database'
import { sessionRow, start, userRow } from '../testing/rows'

const sixteen = Array.from({ length: 16 }, (_, i) => i)
const five = { name: 'five', points: 5, duration: 60 }
const key = (kid: string, state: SigningKeyRow['state'] = 'active'): SigningKeyRow => ({
  kid,
  alg: 'ES256',
  state,
  publicJwk: { kty: 'EC', x: 'ü', nested: { deep: [1, null, true] } },
  sealedPrivateJwk: `seal of ${kid}`,
  createdAt: start,
  activatedAt: start,
  retiredAt: null,
})

describe.each(engines)('records on $name', ({ open }) => {
  test('audit events of one user come newest first, page by page, also those of one moment', async () => {
    const { db } = await open()
    const event = (id: string, userId: string, at: number) => ({
      id,
      at,
      event: 'signed_in',
      userId,
      ip: '',
      userAgent: '',
    })
    const mine = ['c', 'b', 'a'].map((id, i) => event(id, 'me', start - Math.floor(i / 2)))
    for (const each of [...mine].reverse()) await insertAuditEvent(db, each)
    await insertAuditEvent(db, event('other', 'somebody else', start))
    const first = await listAuditEvents(db, 'me', null, 2)
    expect(first.map(({ id }) => id)).toEqual(['c', 'b'])
    const [, last] = first
    expect((await listAuditEvents(db, 'me', last ?? null, 2)).map(({ id }) => id)).toEqual(['a'])
  })

  test('audit events keep their details and go when they are old', async () => {
    const { db } = await open()
    const event = { id: '1', at: start, event: 'x', userId: 'u', sid: 's', ip: '::1', userAgent: 'Test' }
    await insertAuditEvent(db, { ...event, detail: { reason: 'ü "x"' } })
    await insertAuditEvent(db, { ...event, id: '2', at: start + 1, detail: null })
    expect(await db.q.select().from(db.t.auditEvents).orderBy(db.t.auditEvents.at)).toEqual([
      { ...event, detail: { reason: 'ü "x"' } },
      { ...event, id: '2', at: start + 1, detail: null },
    ])
    await deleteOldAuditEvents(db, start + 1, 9)
    expect(await db.q.select().from(db.t.auditEvents)).toHaveLength(1)
  })

  test('a family counts what became of each generation, also by many at once', async () => {
    const { address, db } = await open()
    const pair = [db, await reopen(address)] as const
    await db.q.insert(db.t.users).values(userRow(1))
    await insertSession(db, sessionRow(1))
    const sid = sessionRow(1).id
    const row = { sid, generation: 2, parent: 1, at: start }
    await noteRotation(db, { ...row, generation: 1, parent: 0, at: start - 9 }, 'rotated')
    await Promise.all(sixteen.map((i) => noteRotation(pair[i % 2] ?? db, row, i % 4 === 0 ? 'lost' : 'repeated')))
    await noteRotation(db, { ...row, at: start + 5 }, 'reused')
    expect(await listFamily(db, sid, 9)).toEqual([
      { ...row, repeats: 12, losses: 4, reusedAt: start + 5 },
      { sid, generation: 1, parent: 0, at: start - 9, repeats: 0, losses: 0, reusedAt: null },
    ])
    expect(await listFamily(db, sid, 1)).toHaveLength(1)
    await deleteOldRotations(db, start, 9)
    expect((await listFamily(db, sid, 9)).map(({ generation }) => generation)).toEqual([2])
  })

  test('one signing key becomes the first of sixteen, and its seal is replaced once', async () => {
    const { address, db } = await open()
    const pair = [db, await reopen(address)] as const
    await Promise.all(sixteen.map((i) => storeKey(pair[i % 2] ?? db, key(`key ${i}`))))
    const [first, ...more] = await listLiveKeys(db)
    if (!first) throw new Error('There is no key')
    expect(more).toEqual([])
    expect(first).toEqual(key(first.kid))
    await storeKey(db, key('old', 'retired'))
    await storeKey(db, key('coming', 'next'))
    expect((await listLiveKeys(db)).map(({ kid }) => kid).sort()).toEqual(['coming', first.kid].sort())
    await replaceSeal(db, first, 'second')
    await replaceSeal(db, first, 'third')
    expect((await listLiveKeys(db)).find(({ kid }) => kid === first.kid)?.sealedPrivateJwk).toBe('second')
  })

  test('a limit of five lets exactly five of fifty through, counted by two processes', async () => {
    const { address, db } = await open()
    const [one, other] = [openLimiter(db, five), openLimiter(await reopen(address), five)]
    const waits = await Promise.all(Array.from({ length: 50 }, (_, i) => (i % 2 ? one : other).consume('ann')))
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5)
    for (const wait of waits.filter((wait) => wait > 0)) expect([59, 60]).toContain(wait)
    expect(await one.consume('bob')).toBe(0)
    await other.reset('ann')
    expect(await one.consume('ann')).toBe(0)
    await one.reward('ann')
    expect((await db.q.select().from(db.t.limits)).find(({ key: name }) => name === 'five:ann')?.points).toBe(0)
  })

  test('a limit starts afresh when its time is over, and an expired one is deleted', async () => {
    const { db } = await open()
    const limiter = openLimiter(db, { ...five, points: 1 })
    expect(await limiter.consume('ann')).toBe(0)
    expect(await limiter.consume('ann')).toBeGreaterThan(0)
    await db.q.update(db.t.limits).set({ expire: Date.now() - 1 })
    expect(await limiter.consume('ann')).toBe(0)
    await openLimiter(db, { name: 'short', points: 1, duration: 1 }).consume('ann')
    await deleteExpiredLimits(db, Date.now() + 2000, 9)
    expect((await db.q.select().from(db.t.limits)).map(({ key: name }) => name)).toEqual(['five:ann'])
  })

  test('a batch is all or nothing, also when a statement cannot even be built', async () => {
    const { db } = await open()
    const broken = {
      run: () => {
        throw new Error('not this one')
      },
      // biome-ignore lint/suspicious/noThenProperty: a statement of drizzle is awaited on Postgres and run on SQLite
      then: () => {
        throw new Error('not this one')
      },
    }
    const insert = db.batch((tx) => [tx.insert(db.t.users).values(userRow(1)), broken])
    await expect(insert).rejects.toThrow('not this one')
    expect(await db.q.select().from(db.t.users)).toEqual([])
    await db.batch((tx) => [tx.insert(db.t.users).values(userRow(1)), tx.insert(db.t.sessions).values(sessionRow(1))])
    expect(await db.q.select().from(db.t.sessions)).toHaveLength(1)
    await db.q.delete(db.t.users)
    expect(await db.q.select().from(db.t.sessions)).toEqual([])
  })
})
