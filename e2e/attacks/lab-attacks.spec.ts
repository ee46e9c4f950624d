// The lab's attacks where the app is set up otherwise: behind a proxy that speaks TLS, with encrypted tokens, another
// algorithm and an open lab.

import { type Door, knock } from '../../lib/lab/attacks/door'
import { attacks } from '../../lib/lab/attacks/table'
import { expectCalm } from '../fixtures/calm'
import { expect, test } from '../fixtures/test'

const origin = 'https://app.example.com'

test.use({
  settings: {
    APP_URL: origin,
    MAIL_FROM: 'Handstamp <no-reply@example.com>',
    LAB: 'public',
    JWT_ALG: 'EdDSA',
    TOKEN_ENCRYPTION: 'on',
  },
})

test('the app finds itself behind its proxy, and refuses every attack', async ({ app, asUser }) => {
  const door: Door = { origin, via: `http://127.0.0.1:${app.port}` }
  const pid = app.pid()
  const { tokens } = await asUser()
  const headers = { cookie: `__Host-Http-handstamp-at=${tokens.access}`, 'content-type': 'application/json' }
  const { status, text } = await knock(door, { path: '/api/lab/attacks', method: 'POST', headers, body: '{}' })
  expect(status).toBe(200)
  const { results } = JSON.parse(text)
  expect(results).toHaveLength(attacks.length)
  expect(results.filter(({ faults }: { faults: string[] }) => faults.length > 0)).toEqual([])
  await expectCalm(app, pid)
})

test('an open lab shows the gallery to strangers; the gate’s own door stays shut, and nothing runs', async ({
  app,
}) => {
  const door: Door = { origin, via: `http://127.0.0.1:${app.port}` }
  const page = await knock(door, { path: '/lab/attacks' })
  expect(page.status).toBe(200)
  expect(page.text).toContain(attacks[0]?.title)
  expect(page.text).not.toContain('action="/api/lab/attacks"')
  expect((await knock(door, { path: '/api/lab/gate' })).status).toBe(401)
  const headers = { 'content-type': 'application/json' }
  const run = await knock(door, { path: '/api/lab/attacks', method: 'POST', headers, body: '{}' })
  expect(run.status).toBe(401)
})
