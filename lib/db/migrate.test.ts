// Migrations on real files: repeated, at once from two processes, against a lock, on a damaged file.
import { closeSync, openSync, readdirSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { SqliteDb } from './client'
import { migrateDatabase } from './migrate'
import { databaseFile } from './sqlite'
import { holdLock, runModule } from './testing/lock-holder'
import { userRow } from './testing/rows'
import { migrations, reopenDatabase, temporaryDatabase, temporaryFolder } from './testing/temporary-database'
import { findUserByEmail } from './users'

const applied = (db: SqliteDb): unknown => db.driver.prepare('SELECT count(*) FROM __drizzle_migrations').pluck().get()
const written = readdirSync(join(migrations, 'sqlite')).filter((name) => name.endsWith('.sql')).length

describe('migrating', () => {
  test('makes a missing folder and applies every migration once', async () => {
    const dataDir = join(temporaryFolder(), 'not', 'yet', 'there')
    await migrateDatabase(dataDir, migrations)
    expect(applied(reopenDatabase(dataDir))).toBe(written)
  })

  test('twice changes nothing the second time and loses nothing', async () => {
    const { dataDir, db } = await temporaryDatabase()
    db.q.insert(db.t.users).values(userRow(1)).run()
    await migrateDatabase(dataDir, migrations)
    expect(applied(db)).toBe(written)
    expect((await findUserByEmail(db, 'person1@example.com'))?.user.name).toBe('Person 1')
  })

  test('by two processes at once ends well in both and applies every migration once', { timeout: 60_000 }, async () => {
    const dataDir = temporaryFolder()
    const source = `
      import { migrateDatabase } from './lib/db/migrate.ts'
      await migrateDatabase(${JSON.stringify(dataDir)}, ${JSON.stringify(migrations)})
    `
    const [one, other] = await Promise.all([runModule(source), runModule(source)])
    expect([one, other]).toEqual([
      { code: 0, said: '' },
      { code: 0, said: '' },
    ])
    expect(applied(reopenDatabase(dataDir))).toBe(written)
  })

  test('waits for the process that is at it', async () => {
    const dataDir = temporaryFolder()
    const held = 300
    const { released } = await holdLock(join(dataDir, 'migration.lock'), 'EXCLUSIVE', held)
    let free = false
    const letGo = released.then(() => {
      free = true
    })
    const began = performance.now()
    await migrateDatabase(dataDir, migrations)
    // The lock is free a moment before its holder has exited, so the time tells and not the flag alone.
    expect(free || performance.now() - began > held / 2).toBe(true)
    await letGo
    expect(applied(reopenDatabase(dataDir))).toBe(written)
  })

  test('lets go of its lock, also after a failure', async () => {
    const dataDir = temporaryFolder()
    await expect(migrateDatabase(dataDir, join(dataDir, 'nowhere'))).rejects.toThrow()
    await migrateDatabase(dataDir, migrations)
  })

  test('refuses a file with a page that went bad', async () => {
    const { dataDir, db } = await temporaryDatabase()
    db.driver.pragma('wal_checkpoint(TRUNCATE)')
    await db.close()
    const file = openSync(databaseFile(dataDir), 'r+')
    for (let page = 3; page < 9; page++) writeSync(file, Buffer.alloc(4096, 0xa5), 0, 4096, page * 4096)
    closeSync(file)
    await expect(migrateDatabase(dataDir, migrations)).rejects.toThrow(/damaged|malformed/)
  })
})
