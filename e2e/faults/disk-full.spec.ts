// No byte more fits on the disk: writes answer 503 and clear nothing, reads and the gate go on, and with space all is well.
import { execFileSync } from 'node:child_process'
import Database from 'better-sqlite3'
import { databaseFile } from '../../lib/db/sqlite'
import type { App } from '../fixtures/app'
import { expect, test } from '../fixtures/test'

test.skip(
  process.platform !== 'linux',
  'prlimit, by which the disk is made full for one process, is there on Linux only',
)
test.use({ settings: { LOG_LEVEL: 'silent' } })

/** A limit on the size of files of one running process: writes beyond it fail as on a full disk. */
const limitFiles = ({ pid }: App, size: string): void => {
  execFileSync('prlimit', ['--pid', String(pid()), `--fsize=${size}:`])
}

test('F-03 disk full: refresh, sign-in and sign-out answer 503, pages and the gate go on, nobody is signed out', async ({
  app,
  clock,
  asUser,
}) => {
  const [ann, bob] = [await asUser(), await asUser()]
  limitFiles(app, '0')
  try {
    expect((await ann.client.get('/api/auth/session')).status).toBe(200)
    expect((await ann.client.get('/dashboard')).status).toBe(200)
    expect((await ann.client.get('/dashboard', { cookie: '' })).status).toBe(307)
    await clock.advance('6m')
    const answers = [
      await ann.client.post('/api/auth/refresh', {}),
      await bob.client.post('/api/auth/sign-in', { email: bob.email, password: bob.password }),
      await bob.client.post('/api/auth/sign-out', {}),
    ]
    for (const { status, headers, json } of answers) {
      expect([status, json.code]).toEqual([503, 'temporarily_unavailable'])
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
      expect(headers.getSetCookie()).toEqual([])
    }
  } finally {
    limitFiles(app, 'unlimited')
  }
  expect((await ann.client.post('/api/auth/refresh', {})).status).toBe(200)
  expect((await ann.client.get('/dashboard')).status).toBe(200)
  expect((await bob.client.post('/api/auth/sign-out', {})).status).toBe(204)
  const file = new Database(databaseFile(app.dataDir), { readonly: true })
  expect(file.pragma('quick_check', { simple: true })).toBe('ok')
  file.close()
})
