// Passkeys on both engines: whose they are, and how often one signature counts.
import { describe, expect, test } from 'vitest'
import {
  findPasskey,
  insertPasskey,
  listPasskeys,
  notePasskeyUse,
  type Passkey,
  passkeyRemoved,
  renamePasskey,
} from '../passkeys'
import { engines, reopen } from '../testing/postgres-database'
import { start, userRow } from '../testing/rows'

const [ann, bob] = [userRow(1).id, userRow(2).id] as const
const sixteen = Array.from({ length: 16 }, (_, i) => i)
const row = (id: string, changes: Partial<Passkey> = {}): Passkey => ({
  id,
  userId: ann,
  publicKey: 'pQECAyYg',
  counter: 0,
  transports: ['internal', 'hybrid'],
  name: 'Phone',
  backedUp: false,
  createdAt: start,
  lastUsedAt: null,
  ...changes,
})

describe.each(engines)('passkeys on $name', ({ open }) => {
  const withTwo = async () => {
    const { db, address } = await open()
    await db.q.insert(db.t.users).values([userRow(1), userRow(2)])
    for (const passkey of [row('one'), row('two', { createdAt: start - 1, counter: 7 }), row('his', { userId: bob })])
      expect(await insertPasskey(db, passkey)).toBe(true)
    return { db, pair: [db, await reopen(address)] as const }
  }

  test('are found with their user, and listed for their user alone, the oldest first', async () => {
    const { db } = await withTwo()
    expect(await findPasskey(db, 'one')).toMatchObject({ passkey: row('one'), user: { id: ann } })
    expect(await findPasskey(db, 'none')).toBeNull()
    expect((await listPasskeys(db, ann)).map(({ id }) => id)).toEqual(['two', 'one'])
  })

  test('a credential belongs to one user, once', async () => {
    const { db } = await withTwo()
    expect(await insertPasskey(db, row('one', { userId: bob }))).toBe(false)
    expect((await findPasskey(db, 'one'))?.user.id).toBe(ann)
  })

  test('MF11 a counter goes onwards only, and of sixteen uses of one value on two instances one counts', async () => {
    const { db, pair } = await withTwo()
    const use = { id: 'two', counter: 8, backedUp: true }
    const done = await Promise.all(sixteen.map((i) => notePasskeyUse(pair[i % 2] ?? db, use, start + 5)))
    expect(done.filter(Boolean)).toHaveLength(1)
    for (const counter of [8, 7, 1, 0]) expect(await notePasskeyUse(db, { ...use, counter }, start + 9)).toBe(false)
    expect((await findPasskey(db, 'two'))?.passkey).toMatchObject({ counter: 8, backedUp: true, lastUsedAt: start + 5 })
    expect(await notePasskeyUse(db, { ...use, counter: 9 }, start + 6)).toBe(true)
  })

  test('an authenticator that does not count may be used again and again, until it counts', async () => {
    const { db } = await withTwo()
    const use = { id: 'one', counter: 0, backedUp: false }
    expect(await notePasskeyUse(db, use, start)).toBe(true)
    expect(await notePasskeyUse(db, use, start)).toBe(true)
    expect(await notePasskeyUse(db, { ...use, counter: 1 }, start)).toBe(true)
    expect(await notePasskeyUse(db, use, start)).toBe(false)
    expect(await notePasskeyUse(db, { ...use, id: 'none' }, start)).toBe(false)
  })

  test('are renamed and removed by their own user alone', async () => {
    const { db } = await withTwo()
    expect(await renamePasskey(db, bob, 'one', 'Mine now')).toBe(false)
    expect(await renamePasskey(db, ann, 'one', 'Desk')).toBe(true)
    await db.batch((tx) => [passkeyRemoved(tx, db.t, bob, 'one')])
    expect((await findPasskey(db, 'one'))?.passkey.name).toBe('Desk')
    await db.batch((tx) => [passkeyRemoved(tx, db.t, ann, 'one')])
    expect(await findPasskey(db, 'one')).toBeNull()
  })
})
