// With TEST_HOOKS whoever holds the token moves the clock, nobody else, and only in local mode.
import { randomBytes } from 'node:crypto'
import { type App, launchApp } from '../fixtures/app'
import { openClient } from '../fixtures/client'
import { sendRaw } from '../fixtures/raw'
import { serverAhead } from '../fixtures/server-time'
import { expect, test } from '../fixtures/test'

const hour = 3_600_000
const path = '/__test/clock'
const body = JSON.stringify({ advance: hour })
const right = async (app: App) => expect(Math.abs(await serverAhead(app))).toBeLessThan(3_000)

test('only the token moves the clock', async ({ app }) => {
  const token = app.variables.TEST_HOOKS ?? ''
  expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  for (const authorization of ['', 'Bearer ', `Bearer ${token.slice(0, -1)}`, token, `Bearer ${app.authSecret}`]) {
    const answer = await fetch(app.url + path, { method: 'POST', headers: { authorization }, body })
    expect(answer.status).toBe(401)
    expect(await answer.text()).not.toContain(token)
  }
  await right(app)
  expect(app.output()).not.toContain(token)
})

test('a client that claims another time is not believed', async ({ app, session, network }) => {
  const { tokens } = await session({ state: 'fresh' })
  const client = openClient(app.url, network)
  client.cookies.set('handstamp-at', tokens.access)
  expect((await client.get('/nowhere', { 'x-handstamp-clock': `x ${hour}` })).status).toBe(404)
  expect((await client.get('/nowhere')).status).toBe(404)
})

test('an app that others can reach refuses to run with TEST_HOOKS, by name, and has no hook', async () => {
  const token = randomBytes(32).toString('base64url')
  const app = await launchApp({
    APP_URL: 'https://app.example.com',
    MAIL_FROM: 'Handstamp <no-reply@example.com>',
    TEST_HOOKS: token,
  })
  try {
    for (const [method, at] of [
      ['GET', '/'],
      ['POST', path],
    ]) {
      const answer = await sendRaw(
        app.port,
        `${method} ${at} HTTP/1.1\r\nHost: app.example.com\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
      )
      expect(answer.status).toBe(503)
      expect(answer.body).toContain('TEST_HOOKS must not be set')
      expect(answer.head + answer.body).not.toContain(token)
    }
    expect(app.output()).not.toContain(token)
    expect(app.output()).not.toContain('TEST_HOOKS is set')
  } finally {
    await app.stop()
  }
})
