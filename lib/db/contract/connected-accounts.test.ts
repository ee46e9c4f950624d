// Accounts at other providers on both engines: one of theirs is one of ours.
import { describe, expect, test } from 'vitest'
import {
  accountDisconnected,
  connectAccount,
  findConnected,
  listConnected,
  noteConnectedUse,
} from '../connected-accounts'
import { engines, reopen } from '../testing/postgres-database'
import { sessionRow, start, userRow } from '../testing/rows'
import { createUser } from '../users'

const account = (number: number, changes = {}) => ({
  provider: 'acme',
  subject: 'subject',
  userId: userRow(number).id,
  email: '',
  createdAt: start,
  lastUsedAt: start,
  ...changes,
})
const sixteen = Array.from({ length: 16 }, (_, i) => i)

describe.each(engines)('connected accounts on $name', ({ open }) => {
  test('are one person’s, and one of each provider, also when sixteen come at once', async () => {
    const { db, address } = await open()
    const pair = [db, await reopen(address)] as const
    await db.q.insert(db.t.users).values(sixteen.map((i) => userRow(i)))
    const done = await Promise.all(sixteen.map((i) => connectAccount(pair[i % 2] ?? db, account(i))))
    expect(done.filter(Boolean)).toHaveLength(1)
    const owner = done.indexOf(true)
    expect(await connectAccount(db, account(owner, { subject: 'other' }))).toBe(false)
    expect(await connectAccount(db, account(owner, { provider: 'github' }))).toBe(true)
    await noteConnectedUse(db, account(owner), start + 9)
    const found = await findConnected(db, 'acme', 'subject')
    expect(found).toMatchObject({ account: { lastUsedAt: start + 9 }, user: { id: userRow(owner).id } })
    expect(await listConnected(db, userRow(owner).id)).toHaveLength(2)
    await db.batch((tx) => [accountDisconnected(tx, db.t, userRow(owner).id, 'acme')])
    expect(await findConnected(db, 'acme', 'subject')).toBeNull()
    expect(await listConnected(db, userRow(owner).id)).toHaveLength(1)
  })

  test('come with a new user in one write, or not at all', async () => {
    const { db } = await open()
    const arrive = (number: number) =>
      createUser(db, {
        user: userRow(number),
        session: sessionRow(number),
        passwordHash: null,
        usedToken: null,
        connected: account(number),
      })
    expect([await arrive(1), await arrive(2)]).toEqual([true, false])
    expect(await db.q.select().from(db.t.users)).toHaveLength(1)
    expect(await db.q.select().from(db.t.sessions)).toHaveLength(1)
  })
})
