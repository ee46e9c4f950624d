// Users, credentials, mailed tokens and devices on both engines.
import { describe, expect, test } from 'vitest'
import type { Db } from '../client'
import { deleteOldDevices, forgetDevices, isDeviceOf, meetDevice } from '../devices'
import {
  deleteExpiredMailedTokens,
  findMailedToken,
  findTokenOfAddress,
  forgetPendingPassword,
  storeMailedToken,
} from '../mailed-tokens'
import { findSession } from '../sessions'
import { engines, reopen } from '../testing/postgres-database'
import { sessionRow, start, tokenRow, userRow } from '../testing/rows'
import {
  type Arrival,
  createUser,
  deleteOldDemoUsers,
  findPasswordHash,
  findUserByEmail,
  replacePasswordHash,
} from '../users'

const sixteen = Array.from({ length: 16 }, (_, i) => i)
const arrival = (number: number, changes: Partial<Arrival> = {}): Arrival => ({
  user: userRow(number),
  session: sessionRow(number),
  passwordHash: `hash ${number}`,
  usedToken: null,
  ...changes,
})
const { email, expiresAt } = tokenRow(1)

describe.each(engines)('users on $name', ({ open }) => {
  const countOf = async (db: Db, name: 'users' | 'credentials' | 'sessions' | 'mailedTokens') =>
    (await db.q.select().from(db.t[name])).length

  test('come with password and session', async () => {
    const { db } = await open()
    expect(await createUser(db, arrival(1, { user: userRow(1, { roles: ['user', 'admin'] }) }))).toBe(true)
    expect(await findUserByEmail(db, 'person1@example.com')).toEqual({
      user: { ...userRow(1), roles: ['user', 'admin'], epoch: 0, disabledAt: null },
      passwordHash: 'hash 1',
    })
    expect(await findSession(db, sessionRow(1).id)).toMatchObject({ session: sessionRow(1) })
    expect(await findPasswordHash(db, userRow(1).id)).toBe('hash 1')
  })

  test('without a password have none', async () => {
    const { db } = await open()
    await createUser(db, arrival(1, { passwordHash: null }))
    expect(await findUserByEmail(db, 'person1@example.com')).toMatchObject({ passwordHash: null })
    expect(await findPasswordHash(db, userRow(1).id)).toBeNull()
  })

  test('of one address are made once by sixteen at once, and nothing of the others is left', async () => {
    const { address, db } = await open()
    const pair = [db, await reopen(address)] as const
    await storeMailedToken(db, tokenRow(1))
    const made = await Promise.all(
      sixteen.map((i) =>
        createUser(pair[i % 2] ?? db, arrival(i, { user: userRow(i, { email }), usedToken: tokenRow(1).id })),
      ),
    )
    expect(made.filter(Boolean)).toHaveLength(1)
    expect([await countOf(db, 'users'), await countOf(db, 'credentials'), await countOf(db, 'sessions')]).toEqual([
      1, 1, 1,
    ])
    expect(await countOf(db, 'mailedTokens')).toBe(0)
  })

  test('are nothing at all when the session cannot be stored', async () => {
    const { db } = await open()
    await storeMailedToken(db, tokenRow(1))
    const broken = arrival(1, { session: sessionRow(9), usedToken: tokenRow(1).id })
    await expect(createUser(db, broken)).rejects.toThrow()
    expect([await countOf(db, 'users'), await countOf(db, 'credentials')]).toEqual([0, 0])
    expect(await findMailedToken(db, 'verify_email', { tokenHash: 'token hash 1' }, start)).not.toBeNull()
  })

  test('are found by their whole address only', async () => {
    const { db } = await open()
    await createUser(db, arrival(1))
    for (const other of ['PERSON1@example.com', 'person1@example.com ', 'person_@example.com', '%', ''])
      expect(await findUserByEmail(db, other)).toBeNull()
  })

  test('change a hash only from the one that was read, by exactly one of many', async () => {
    const { address, db } = await open()
    const pair = [db, await reopen(address)] as const
    await createUser(db, arrival(1))
    await replacePasswordHash(db, userRow(1).id, 'an older one', 'newer', start)
    expect(await findPasswordHash(db, userRow(1).id)).toBe('hash 1')
    await Promise.all(
      sixteen.map((i) => replacePasswordHash(pair[i % 2] ?? db, userRow(1).id, 'hash 1', `new ${i}`, start)),
    )
    expect(await findPasswordHash(db, userRow(1).id)).toMatch(/^new \d+$/)
  })

  test('of the demo go when they are old, with their sessions; people stay', async () => {
    const { db } = await open()
    const demo = (number: number, createdAt: number) =>
      arrival(number, { user: userRow(number, { demo: true, createdAt }), passwordHash: null })
    await createUser(db, demo(1, start - 1))
    await createUser(db, demo(2, start))
    await createUser(db, arrival(3, { user: userRow(3, { createdAt: start - 1 }) }))
    await deleteOldDemoUsers(db, start, 9)
    expect(await countOf(db, 'users')).toBe(2)
    expect(await findUserByEmail(db, 'person1@example.com')).toBeNull()
    expect(await findSession(db, sessionRow(1).id)).toBeNull()
  })

  test('are known by a device from its second meeting on, for a time', async () => {
    const { db } = await open()
    await createUser(db, arrival(1))
    await createUser(db, arrival(2))
    const { id } = userRow(1)
    expect(await meetDevice(db, id, 'laptop', start)).toBe(false)
    expect(await meetDevice(db, id, 'laptop', start + 9)).toBe(true)
    expect(await meetDevice(db, id, 'phone', start)).toBe(false)
    await Promise.all(sixteen.map(() => meetDevice(db, id, 'tablet', start)))
    await meetDevice(db, userRow(2).id, 'laptop', start)
    expect(await isDeviceOf(db, 'person2@example.com', 'laptop')).toBe(true)
    expect(await isDeviceOf(db, 'person2@example.com', 'phone')).toBe(false)
    expect(await isDeviceOf(db, 'nobody@example.com', 'laptop')).toBe(false)
    await forgetDevices(db, userRow(2).id)
    expect(await isDeviceOf(db, 'person2@example.com', 'laptop')).toBe(false)
    expect(await meetDevice(db, userRow(2).id, 'laptop', start)).toBe(false)
    expect(await meetDevice(db, id, 'laptop', start + 9)).toBe(true)
    await deleteOldDevices(db, start + 9, 9)
    const rows = await db.q.select().from(db.t.devices)
    expect(rows.map(({ userId, idHash }) => [userId, idHash])).toEqual([[id, 'laptop']])
  })
})

describe.each(engines)('mailed tokens on $name', ({ open }) => {
  test('open by link and by code, until their time', async () => {
    const { db } = await open()
    await storeMailedToken(db, tokenRow(1))
    expect(await findMailedToken(db, 'verify_email', { tokenHash: 'token hash 1' }, expiresAt - 1)).toEqual(tokenRow(1))
    expect(await findMailedToken(db, 'verify_email', { email, codeHash: 'code hash 1' }, expiresAt - 1)).toEqual(
      tokenRow(1),
    )
    expect(await findMailedToken(db, 'verify_email', { tokenHash: 'token hash 1' }, expiresAt)).toBeNull()
    expect(await findMailedToken(db, 'verify_email', { email, codeHash: 'code hash 2' }, start)).toBeNull()
  })

  test('are one for each address, also when sixteen are stored at once', async () => {
    const { address, db } = await open()
    const pair = [db, await reopen(address)] as const
    await Promise.all(sixteen.map((i) => storeMailedToken(pair[i % 2] ?? db, tokenRow(i, { email }))))
    const rows = await db.q.select().from(db.t.mailedTokens)
    expect(rows).toHaveLength(1)
    // One of them, whole: nothing of another is mixed in.
    const number = Number(rows[0]?.tokenHash.replace('token hash ', ''))
    expect(rows[0]).toEqual(tokenRow(number, { email }))
    expect(await findTokenOfAddress(db, email)).toEqual(rows[0])
  })

  test('forget a pending password and are deleted when their time is over', async () => {
    const { db } = await open()
    await storeMailedToken(db, tokenRow(1))
    await storeMailedToken(db, tokenRow(2, { expiresAt: expiresAt + 1 }))
    await forgetPendingPassword(db, tokenRow(1).id)
    expect((await findTokenOfAddress(db, email))?.passwordHash).toBeNull()
    await deleteExpiredMailedTokens(db, expiresAt, 9)
    expect(await findTokenOfAddress(db, email)).toBeNull()
    expect(await findTokenOfAddress(db, tokenRow(2).email)).not.toBeNull()
  })
})
