// The contract of the calls on one's own sessions, as docs/http.md states it.
import { openClient, password } from '../fixtures/client'
import { expect, test } from '../fixtures/test'

const listKeys = ['amr', 'browser', 'createdAt', 'current', 'expiresAt', 'id', 'ip', 'lastSeenAt', 'name', 'os']

test('the list holds the agreed fields alone, this one first, and no whole address', async ({
  app,
  asUser,
  network,
}) => {
  const ann = await asUser()
  const phone = openClient(app.url, network)
  const signedIn = await phone.post('/api/auth/sign-in', { email: ann.email, password })
  const { status, json } = await phone.get('/api/auth/sessions')
  const sessions = json.sessions as Record<string, unknown>[]
  expect([status, sessions.length, json.total, json.next]).toEqual([200, 2, 2, null])
  for (const session of sessions) expect(Object.keys(session).sort()).toEqual(listKeys)
  expect(sessions.map(({ current }) => current)).toEqual([true, false])
  expect(sessions[0]?.id).toBe((signedIn.json.session as { id: string }).id)
  expect(JSON.stringify(json)).not.toContain(network)
  expect((await openClient(app.url, network).get('/api/auth/sessions')).status).toBe(401)
})

test('one is ended by DELETE, at once and for good; another’s is not found, and neither is a guess', async ({
  app,
  asUser,
  network,
}) => {
  const [ann, bob] = [await asUser(), await asUser()]
  const phone = openClient(app.url, network)
  await phone.post('/api/auth/sign-in', { email: ann.email, password })
  for (let i = 0; i < 2; i++) expect((await phone.remove(`/api/auth/sessions/${ann.sid}`)).status).toBe(204)
  expect((await ann.client.get('/api/auth/session')).status).toBe(401)
  expect((await ann.client.post('/api/auth/refresh', {})).json).toMatchObject({ reason: 'ended_elsewhere' })
  for (const sid of [bob.sid, 'AAAAAAAAAAAAAAAAAAAAAA'])
    expect((await phone.remove(`/api/auth/sessions/${sid}`)).status).toBe(404)
  expect((await phone.remove('/api/auth/sessions/short')).status).toBe(422)
  expect((await bob.client.get('/api/auth/session')).status).toBe(200)
})

test('what is sensitive needs a proof of the last ten minutes: 403 before, done after, under a new sid', async ({
  app,
  asUser,
  clock,
  network,
}) => {
  const ann = await asUser()
  const phone = openClient(app.url, network)
  await phone.post('/api/auth/sign-in', { email: ann.email, password })
  await clock.advance('11m')
  const change = { currentPassword: password, newPassword: 'copper lantern drifts eastward' }
  const refused = [
    await phone.remove(`/api/auth/sessions/${ann.sid}`),
    await phone.post('/api/auth/sessions/end-others', {}),
    await phone.post('/api/auth/password/change', change),
  ]
  for (const { status, json } of refused) expect([status, json.code]).toEqual([403, 'reauthentication_required'])
  const before = phone.cookies.get('handstamp-rt')
  expect((await phone.post('/api/auth/reauthenticate', { password: 'not this one' })).json.code).toBe(
    'invalid_credentials',
  )
  const proven = await phone.post('/api/auth/reauthenticate', { password })
  expect(proven.json).toMatchObject({ status: 'reauthenticated', user: { email: ann.email } })
  expect(phone.cookies.get('handstamp-rt')?.split('.')[0]).not.toBe(before?.split('.')[0])
  const old = await ann.client.post('/api/auth/refresh', {}, { cookie: `handstamp-rt=${before}` })
  expect([old.status, old.json.reason, old.headers.getSetCookie()]).toEqual([401, 'replaced', []])
  expect((await phone.post('/api/auth/sessions/end-others', {})).json).toEqual({ ended: 1 })
  expect((await phone.get('/api/auth/session')).status).toBe(200)
  const changed = await phone.post('/api/auth/password/change', change)
  expect([changed.status, changed.json.status]).toEqual([200, 'password_changed'])
  expect((await phone.get('/dashboard')).status).toBe(200)
})

test('F-29 a sign-out beats the refreshes beside it, thirty times: nothing of that session works after its 204', async ({
  asUser,
}) => {
  test.setTimeout(60_000)
  for (let round = 0; round < 30; round++) {
    const ann = await asUser()
    const held = ann.client.header()
    const answers = await Promise.all([
      ann.client.post('/api/auth/refresh', {}, { cookie: held }),
      ann.client.post('/api/auth/sign-out', {}, { cookie: held }),
      ann.client.get('/dashboard', { cookie: held }),
      ann.client.post('/api/auth/refresh', {}, { cookie: held }),
    ])
    expect(answers[1]?.status).toBe(204)
    const late = answers.flatMap(({ headers }) => headers.getSetCookie().map((line) => line.split(';')[0] ?? ''))
    for (const cookie of [held, late.filter((pair) => !pair.endsWith('=')).join('; ')])
      expect((await ann.client.get('/api/auth/session', { cookie })).status).toBe(401)
  }
})
