// The connection as design.md wants it, and the only kind of transaction that there is.
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openSqlite } from './sqlite'
import { sessionRow, userRow } from './testing/rows'
import { temporaryDatabase, temporaryFolder } from './testing/temporary-database'

describe('a database that was opened', () => {
  test('writes ahead, syncs fully, keeps foreign keys and waits 20 ms for a lock', async () => {
    const { db } = await temporaryDatabase()
    const pragmas = ['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout'].map((name) =>
      db.driver.pragma(name, { simple: true }),
    )
    const full = 2
    expect(pragmas).toEqual(['wal', full, 1, 20])
  })

  test('lies in a folder that nobody else may enter', async () => {
    const dataDir = join(temporaryFolder(), 'made')
    await openSqlite(dataDir).close()
    expect(statSync(dataDir).mode & 0o777).toBe(0o700)
  })

  test('refuses a session of a user that does not exist', async () => {
    const { db } = await temporaryDatabase()
    expect(() => db.q.insert(db.t.sessions).values(sessionRow(1)).run()).toThrow(/FOREIGN KEY/)
  })

  test('deletes what belongs to a user with the user', async () => {
    const { db } = await temporaryDatabase()
    db.q.insert(db.t.users).values(userRow(1)).run()
    db.q.insert(db.t.sessions).values(sessionRow(1)).run()
    db.q.delete(db.t.users).run()
    expect(db.q.select().from(db.t.sessions).all()).toEqual([])
  })
})

describe('a batch', () => {
  test('writes all of its statements', async () => {
    const { db } = await temporaryDatabase()
    await db.batch((tx) => [tx.insert(db.t.users).values(userRow(1)), tx.insert(db.t.sessions).values(sessionRow(1))])
    expect(db.q.select().from(db.t.sessions).all()).toHaveLength(1)
  })

  test('writes nothing when its last statement fails', async () => {
    const { db } = await temporaryDatabase()
    const ofNobody = sessionRow(2)
    await expect(
      db.batch((tx) => [tx.insert(db.t.users).values(userRow(1)), tx.insert(db.t.sessions).values(ofNobody)]),
    ).rejects.toThrow()
    expect(db.q.select().from(db.t.users).all()).toEqual([])
    expect(db.driver.inTransaction).toBe(false)
  })

  test('writes nothing when a statement cannot even be built', async () => {
    const { db } = await temporaryDatabase()
    const broken = () => {
      throw new Error('not this one')
    }
    await expect(db.batch((tx) => [tx.insert(db.t.users).values(userRow(1)), { run: broken }])).rejects.toThrow(
      'not this one',
    )
    expect(db.q.select().from(db.t.users).all()).toEqual([])
  })
})
