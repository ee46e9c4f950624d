// The server's clock jumps. Ends that are due then apply; nobody is taken for a thief, and no session gets longer.
import { expect, test } from '../fixtures/test'

test('F-41 clock two hours ahead: the idle end applies with its reason, no alarm; who signs in again is in', async ({
  asUser,
  clock,
  mailbox,
}) => {
  const ann = await asUser()
  await clock.advance('2h')
  const refused = await ann.client.post('/api/auth/refresh', {})
  expect([refused.status, refused.json.reason]).toEqual([401, 'idle'])
  const again = await ann.client.post('/api/auth/sign-in', { email: ann.email, password: ann.password })
  expect(again.status).toBe(200)
  expect((await ann.client.get('/dashboard')).status).toBe(200)
  expect((await mailbox.all(ann.email)).map(({ subject }) => subject)).not.toContain('We ended one of your sessions')
})

test('F-42 clock back one hour: refreshes count as within the grace, no session is ended or made longer', async ({
  asUser,
  clock,
}) => {
  const ann = await asUser()
  await clock.advance('6m')
  const before = await ann.client.post('/api/auth/refresh', {})
  expect(before.status).toBe(200)
  const { expiresAt } = before.json.session as { expiresAt: string }
  const old = ann.tokens.refresh
  await clock.advance('-1h')
  const after = await ann.client.post('/api/auth/refresh', {})
  expect([after.status, (after.json.session as { expiresAt: string }).expiresAt]).toEqual([200, expiresAt])
  // The token before it: its rotation lies in the future, which is grace and not theft.
  const parent = await ann.client.post('/api/auth/refresh', {}, { cookie: `handstamp-rt=${old}` })
  expect(parent.status).toBe(200)
  expect((await ann.client.get('/dashboard')).status).toBe(200)
  await clock.advance('1h')
  expect((await ann.client.get('/dashboard')).status).toBeLessThan(400)
  expect((await ann.client.get('/api/auth/session')).status).toBe(200)
})

test('F-42 clock back and forth by a minute again and again: nobody is signed out', async ({ asUser, clock }) => {
  const ann = await asUser()
  for (const by of ['1m', '-1m', '59s', '-59s', '6m', '-6m', '6m']) {
    await clock.advance(by)
    expect((await ann.client.get('/api/auth/session')).status).toBe(200)
  }
})
