// The ways in of a user on both engines.
import { describe, expect, test } from 'vitest'
import { engines, reopen } from '../testing/postgres-database'
import { start, userRow } from '../testing/rows'
import { addPassword, findPasswordHash, passwordRemoved, passwordSet } from '../users'
import { countWaysIn } from '../ways-in'

const [ann, bob] = [userRow(1).id, userRow(2).id] as const
const passkey = { publicKey: 'x', counter: 0, transports: [], name: 'x', backedUp: false, createdAt: start }
const account = { email: 'x@example.com', createdAt: start, lastUsedAt: start }

describe.each(engines)('ways in on $name', ({ open }) => {
  test('are counted by kind, and another user’s are not', async () => {
    const { db } = await open()
    await db.q.insert(db.t.users).values([userRow(1), userRow(2)])
    expect(await countWaysIn(db, ann)).toEqual({ password: false, passkeys: 0, connected: 0 })
    await db.batch((tx) => [passwordSet(tx, db.t, ann, 'hash', start)])
    await db.q.insert(db.t.passkeys).values([
      { ...passkey, id: 'one', userId: ann },
      { ...passkey, id: 'two', userId: ann },
      { ...passkey, id: 'three', userId: bob },
    ])
    await db.q.insert(db.t.connectedAccounts).values([{ ...account, provider: 'google', subject: '1', userId: ann }])
    expect(await countWaysIn(db, ann)).toEqual({ password: true, passkeys: 2, connected: 1 })
    expect(await countWaysIn(db, bob)).toEqual({ password: false, passkeys: 1, connected: 0 })
  })

  test('a password is added where there is none, by one of sixteen on two instances, and removed', async () => {
    const { db, address } = await open()
    const pair = [db, await reopen(address)] as const
    await db.q.insert(db.t.users).values([userRow(1), userRow(2)])
    const sixteen = Array.from({ length: 16 }, (_, i) => `hash ${i}`)
    const done = await Promise.all(sixteen.map((hash, i) => addPassword(pair[i % 2] ?? db, ann, hash, start)))
    expect(done.filter(Boolean)).toHaveLength(1)
    expect(await findPasswordHash(db, ann)).toBe(sixteen[done.indexOf(true)])
    expect(await addPassword(db, bob, 'his', start)).toBe(true)
    await db.batch((tx) => [passwordRemoved(tx, db.t, ann)])
    expect([await findPasswordHash(db, ann), await findPasswordHash(db, bob)]).toEqual([null, 'his'])
  })
})
