// Users: one for each address, made whole or not at all.
import { describe, expect, test } from 'vitest'
import { findMailedToken, storeMailedToken } from './mailed-tokens'
import { findSession } from './sessions'
import { sessionRow, start, tokenRow, userRow } from './testing/rows'
import { reopenDatabase, temporaryDatabase } from './testing/temporary-database'
import { type Arrival, createUser, deleteOldDemoUsers, findUserByEmail, replacePasswordHash } from './users'

const arrival = (number: number, changes: Partial<Arrival> = {}): Arrival => ({
  user: userRow(number),
  session: sessionRow(number),
  passwordHash: `hash ${number}`,
  usedToken: null,
  ...changes,
})

describe('making a user', () => {
  test('stores user, password and session', async () => {
    const { db } = await temporaryDatabase()
    expect(await createUser(db, arrival(1))).toBe(true)
    expect(await findUserByEmail(db, 'person1@example.com')).toMatchObject({ user: userRow(1), passwordHash: 'hash 1' })
    expect(await findSession(db, sessionRow(1).id)).toMatchObject({ session: sessionRow(1) })
  })

  test('with one address by many at once makes one, and nothing of the others is left', async () => {
    const { dataDir, db } = await temporaryDatabase()
    const other = reopenDatabase(dataDir)
    const email = 'same@example.com'
    const made = await Promise.all(
      Array.from({ length: 16 }, (_, i) => createUser(i % 2 ? db : other, arrival(i, { user: userRow(i, { email }) }))),
    )
    expect(made.filter(Boolean)).toHaveLength(1)
    expect(db.q.select().from(db.t.users).all()).toHaveLength(1)
    expect(db.q.select().from(db.t.credentials).all()).toHaveLength(1)
    expect(db.q.select().from(db.t.sessions).all()).toHaveLength(1)
  })

  test('without a password stores none', async () => {
    const { db } = await temporaryDatabase()
    await createUser(db, arrival(1, { passwordHash: null }))
    expect(await findUserByEmail(db, 'person1@example.com')).toMatchObject({ passwordHash: null })
  })

  test('is nothing at all when the session cannot be stored', async () => {
    const { db } = await temporaryDatabase()
    await storeMailedToken(db, tokenRow(1))
    const broken = arrival(1, { session: sessionRow(9), usedToken: tokenRow(1).id })
    await expect(createUser(db, broken)).rejects.toThrow()
    expect(await findUserByEmail(db, 'person1@example.com')).toBeNull()
    expect(await findMailedToken(db, 'verify_email', { tokenHash: 'token hash 1' }, start)).not.toBeNull()
  })

  test('uses up the mailed token in the same write', async () => {
    const { db } = await temporaryDatabase()
    await storeMailedToken(db, tokenRow(1))
    await storeMailedToken(db, tokenRow(2))
    await createUser(db, arrival(1, { usedToken: tokenRow(1).id }))
    expect(await findMailedToken(db, 'verify_email', { tokenHash: 'token hash 1' }, start)).toBeNull()
    expect(await findMailedToken(db, 'verify_email', { tokenHash: 'token hash 2' }, start)).not.toBeNull()
  })
})

describe('finding a user by address', () => {
  test('compares the whole canonical address and nothing else', async () => {
    const { db } = await temporaryDatabase()
    await createUser(db, arrival(1))
    for (const other of [
      'PERSON1@example.com',
      'person1@example.com ',
      'person1@example.com\0',
      'person_@example.com',
      '%',
      '',
    ]) {
      expect(await findUserByEmail(db, other)).toBeNull()
    }
  })
})

describe('replacing a password hash', () => {
  test('does so when it is still the one that was read', async () => {
    const { db } = await temporaryDatabase()
    await createUser(db, arrival(1))
    await replacePasswordHash(db, userRow(1).id, 'hash 1', 'newer', start + 1)
    expect(await findUserByEmail(db, 'person1@example.com')).toMatchObject({ passwordHash: 'newer' })
  })

  test('leaves one that was changed in the meantime', async () => {
    const { db } = await temporaryDatabase()
    await createUser(db, arrival(1))
    await replacePasswordHash(db, userRow(1).id, 'an older one', 'newer', start + 1)
    expect(await findUserByEmail(db, 'person1@example.com')).toMatchObject({ passwordHash: 'hash 1' })
  })
})

test('old demo users go with their sessions; young ones and people stay', async () => {
  const { db } = await temporaryDatabase()
  const demo = (number: number, createdAt: number) =>
    arrival(number, { user: userRow(number, { demo: true, createdAt }), passwordHash: null })
  await createUser(db, demo(1, start - 1))
  await createUser(db, demo(2, start))
  await createUser(db, arrival(3, { user: userRow(3, { createdAt: start - 1 }) }))
  await deleteOldDemoUsers(db, start, 9)
  const left = db.q.select({ id: db.t.users.id }).from(db.t.users).all()
  expect(left.map(({ id }) => id).sort()).toEqual([userRow(2).id, userRow(3).id])
  expect(await findSession(db, sessionRow(1).id)).toBeNull()
})
