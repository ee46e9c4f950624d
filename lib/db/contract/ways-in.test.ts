// The ways in of a user on both engines.
import { describe, expect, test } from 'vitest'
import { engines, reopen } from '../testing/postgres-database'
import { personalTokenRow, start, tokenRow, userRow } from '../testing/rows'
import { addPassword, findPasswordHash, passwordRemoved, passwordSet } from '../users'
import { countWaysIn } from '../ways-in'
import { addedSinceRemoved } from '../ways-in-since'

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
    const done = await Promise.all(sixteen.map((hash, i) => addPassword(pair[i % 2] ?? db, userRow(1), hash, start)))
    expect(done.filter(Boolean)).toHaveLength(1)
    expect(await findPasswordHash(db, ann)).toBe(sixteen[done.indexOf(true)])
    await db.q
      .insert(db.t.mailedTokens)
      .values([
        tokenRow(1, { purpose: 'reset_password', email: userRow(1).email }),
        tokenRow(2, { purpose: 'reset_password', email: userRow(2).email }),
      ])
    expect(await addPassword(db, userRow(2), 'his', start)).toBe(true)
    // Links that could have chosen another are void, of this user alone.
    expect((await db.q.select().from(db.t.mailedTokens)).map(({ id }) => id)).toEqual([tokenRow(1).id])
    await db.batch((tx) => [passwordRemoved(tx, db.t, ann)])
    expect([await findPasswordHash(db, ann), await findPasswordHash(db, bob)]).toEqual([null, 'his'])
  })
  test('that were added since a moment are taken away, of one user, and none from before', async () => {
    const { db } = await open()
    const { q, t } = db
    await q.insert(t.users).values([userRow(1), userRow(2)])
    for (const userId of [ann, bob]) {
      await db.batch((tx) => [passwordSet(tx, t, userId, 'hash', userId === ann ? start + 1 : start)])
      for (const [when, createdAt] of [
        ['before', start],
        ['since', start + 1],
      ] as const) {
        const name = `${when} ${userId}`
        await q.insert(t.passkeys).values({ ...passkey, id: name, userId, createdAt })
        await q.insert(t.connectedAccounts).values({ ...account, provider: when, subject: name, userId, createdAt })
        await q.insert(t.devices).values({ userId, idHash: name, createdAt, lastSeenAt: createdAt })
      }
    }
    const tokens = [personalTokenRow(1, 1), personalTokenRow(2, 1, { createdAt: start + 1 }), personalTokenRow(3, 2)]
    await q.insert(t.personalTokens).values(tokens)
    await db.batch((tx) => addedSinceRemoved(tx, t, ann, { since: start, at: start + 9 }))
    expect(await countWaysIn(db, ann)).toEqual({ password: false, passkeys: 1, connected: 1 })
    expect(await countWaysIn(db, bob)).toEqual({ password: true, passkeys: 2, connected: 2 })
    const left = await q.select({ name: t.devices.idHash }).from(t.devices)
    expect(left.map(({ name }) => name).sort()).toEqual([`before ${ann}`, `before ${bob}`, `since ${bob}`])
    const revoked = await q.select({ id: t.personalTokens.id, at: t.personalTokens.revokedAt }).from(t.personalTokens)
    expect(revoked.filter(({ at }) => at !== null)).toEqual([{ id: tokens[1]?.id, at: start + 9 }])
  })
})
