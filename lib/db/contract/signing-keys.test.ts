// The life of signing keys on both engines: of racers one wins, and there is one key that signs, or none, never two.
import { describe, expect, test } from 'vitest'
import { countIssuedBetween } from '../session-list'
import { insertSession } from '../sessions'
import { activateKey, dropKey, listKeys, listLiveKeys, retireKey, type SigningKeyRow, storeKey } from '../signing-keys'
import { engines, reopen } from '../testing/postgres-database'
import { sessionRow, start, userRow } from '../testing/rows'

const sixteen = Array.from({ length: 16 }, (_, i) => i)
const key = (kid: string, state: SigningKeyRow['state'], changes: Partial<SigningKeyRow> = {}): SigningKeyRow => ({
  kid,
  alg: 'ES256',
  state,
  publicJwk: { kty: 'EC' },
  sealedPrivateJwk: `seal of ${kid}`,
  createdAt: start,
  activatedAt: state === 'next' ? null : start,
  retiredAt: null,
  ...changes,
})

describe.each(engines)('signing keys on $name', ({ open }) => {
  const statesIn = async (db: Awaited<ReturnType<typeof open>>['db']) =>
    Object.fromEntries((await listKeys(db)).map(({ kid, state }) => [kid, state]))

  test('a next key signs and the one before retires, once, whoever says so', async () => {
    const { address, db } = await open()
    const pair = [db, await reopen(address)] as const
    for (const each of [key('a', 'active'), key('b', 'next'), key('c', 'next')]) await storeKey(db, each)
    await Promise.all(sixteen.map((i) => activateKey(pair[i % 2] ?? db, i % 3 ? 'b' : 'c', 'a', start + 9, start + 5)))
    const rows = await listKeys(db)
    expect(rows.map(({ state }) => state).sort()).toEqual(['active', 'next', 'retiring'])
    expect(rows.find(({ kid }) => kid === 'a')).toMatchObject({ state: 'retiring', retiredAt: start + 9 })
    expect(rows.find(({ state }) => state === 'active')).toMatchObject({ activatedAt: start + 5, retiredAt: null })
  })

  test('a key that is not there any more takes nobody’s place', async () => {
    const { db } = await open()
    for (const each of [key('a', 'active'), key('b', 'next')]) await storeKey(db, each)
    await retireKey(db, 'b', start + 1)
    for (const kid of ['b', 'nobody']) await activateKey(db, kid, 'a', start + 9, start + 5)
    expect(await statesIn(db)).toEqual({ a: 'active', b: 'retired' })
  })

  test('without one before, a next key signs', async () => {
    const { db } = await open()
    await storeKey(db, key('b', 'next'))
    await activateKey(db, 'b', null, start, start)
    expect(await statesIn(db)).toEqual({ b: 'active' })
  })

  test('a retired key loses its private part, and is live no more', async () => {
    const { db } = await open()
    await storeKey(db, key('a', 'active'))
    await retireKey(db, 'a', start + 1)
    await retireKey(db, 'a', start + 2)
    expect(await listKeys(db)).toEqual([
      key('a', 'retired', { sealedPrivateJwk: '', activatedAt: start, retiredAt: start + 1 }),
    ])
    expect(await listLiveKeys(db)).toEqual([])
  })

  test('only a key that has never signed is dropped', async () => {
    const { db } = await open()
    for (const each of [key('a', 'active'), key('b', 'next'), key('c', 'retiring')]) await storeKey(db, each)
    for (const kid of ['a', 'b', 'c']) await dropKey(db, kid)
    expect(await statesIn(db)).toEqual({ a: 'active', c: 'retiring' })
  })

  test('a derived key comes back, but never as a second one that signs', async () => {
    const { db } = await open()
    const derived = { alg: 'HS256' as const, sealedPrivateJwk: '' }
    await storeKey(db, key('a', 'active'))
    await storeKey(db, key('h', 'retired', derived))
    await storeKey(db, key('h', 'active', derived))
    expect(await statesIn(db)).toEqual({ a: 'active', h: 'retired' })
    await storeKey(db, key('h', 'next', { ...derived, createdAt: start + 7 }))
    expect((await listKeys(db)).find(({ kid }) => kid === 'h')).toMatchObject({ state: 'next', createdAt: start + 7 })
    await retireKey(db, 'a', start + 8)
    await retireKey(db, 'h', start + 8)
    await storeKey(db, key('h', 'active', derived))
    expect(await statesIn(db)).toEqual({ a: 'retired', h: 'active' })
  })

  test('sessions count that live and were given tokens within the time', async () => {
    const { db } = await open()
    await db.q.insert(db.t.users).values(userRow(1))
    await insertSession(db, { ...sessionRow(1), createdAt: start, rotatedAt: start + 50 })
    expect(await countIssuedBetween(db, start - 9, start, start)).toBe(1)
    expect(await countIssuedBetween(db, start + 40, start + 60, start)).toBe(1)
    expect(await countIssuedBetween(db, start + 1, start + 40, start)).toBe(0)
    expect(await countIssuedBetween(db, start - 9, start + 60, start + 1e12)).toBe(0)
  })
})
