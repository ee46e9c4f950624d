// What `npm start` says about its database, on both engines: one clear line, and no password.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { runProgram } from '../lib/db/testing/lock-holder'
import { temporaryPostgres } from '../lib/db/testing/postgres-database'
import { askServer, serverPassword } from '../lib/db/testing/postgres-server'
import { temporaryFolder } from '../lib/db/testing/temporary-database'

const AUTH_SECRET = Buffer.from(Array.from({ length: 32 }, (_, i) => i * 7 + 1)).toString('base64url')
const migrate = (settings: Record<string, string>) =>
  runProgram({ AUTH_SECRET, DATA_DIR: '', DATABASE_URL: '', ...settings }, '--import', 'tsx', 'scripts/migrate.ts')

test('a SQLite file is made and migrated where no DATABASE_URL is set', async () => {
  const DATA_DIR = temporaryFolder()
  expect(await migrate({ DATA_DIR })).toEqual({ code: 0, said: '' })
  expect(readdirSync(DATA_DIR)).toContain('handstamp.db')
})

test('Postgres is migrated where it is set, and no file is made', async () => {
  const [DATA_DIR, DATABASE_URL] = [temporaryFolder(), await temporaryPostgres('template0')]
  expect(await migrate({ DATA_DIR, DATABASE_URL })).toEqual({ code: 0, said: '' })
  expect(await askServer(DATABASE_URL, 'SELECT * FROM sessions')).toEqual([])
  expect(readdirSync(DATA_DIR)).toEqual([])
})

test('a server that cannot be reached, or refuses the password, is one line and the end', async () => {
  const url = inject('postgres')
  const away = await migrate({ DATABASE_URL: url.replace(/:\d+\//, ':9/') })
  expect(away).toEqual({
    code: 1,
    said: 'The database could not be brought up to date: Postgres: it cannot be reached (ECONNREFUSED)\n',
  })
  const refused = await migrate({ DATABASE_URL: url.replace(serverPassword, 'xyzzy') })
  expect(refused.code).toBe(1)
  expect(refused.said).toMatch(/^The database could not be brought up to date: .*password of DATABASE_URL.*\n$/)
  expect(refused.said).not.toContain('xyzzy')
})

test('a DATABASE_URL of another kind is named, and nothing is made of it', async () => {
  const folder = temporaryFolder()
  const { said } = await migrate({ DATABASE_URL: join(folder, 'xyzzy') })
  expect(said).toContain('DATABASE_URL must be postgres://')
  expect(said).not.toContain('xyzzy')
  expect(readdirSync(folder)).toEqual([])
})
