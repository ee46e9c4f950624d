// What is sent to the account handlers to be more than one is, or to break them: catalogue 2.K, K05 to K07, K12, K19 to K21.
import { findUserByEmail } from '../../lib/db/users'
import { expectCalm } from '../fixtures/calm'
import { openClient, password } from '../fixtures/client'
import { codeIn } from '../fixtures/mailbox'
import { secretTexts } from '../fixtures/secret-texts'
import { expect, test } from '../fixtures/test'

let pid = 0
test.beforeAll(({ app }) => {
  pid = app.pid()
})
test.afterAll(({ app }) => expectCalm(app, pid))

const form = { 'content-type': 'application/x-www-form-urlencoded' }

/** What nobody may choose about themselves. */
const grabbed = {
  id: '00000000-0000-7000-8000-000000000000',
  role: 'admin',
  roles: ['admin'],
  isAdmin: true,
  emailVerified: true,
  epoch: 99,
  demo: true,
  disabledAt: null,
  createdAt: 0,
  passwordHash: '$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAA$AAAAAAAAAAA',
  user: { roles: ['admin'] },
  constructor: { prototype: { roles: ['admin'] } },
}

test('K05 whoever signs up with more than the form has is an ordinary user', async ({
  client,
  records,
  mailbox,
  address,
}) => {
  const plain = JSON.stringify({ name: 'Eve', email: address, password, ...grabbed })
  const asked = await client.post('/api/auth/sign-up', plain.replace(/}$/, ',"__proto__":{"roles":["admin"]}}'))
  expect(asked.status).toBe(202)
  const code = codeIn(await mailbox.waitFor(address))
  expect((await client.post('/api/auth/verify-email', { code, ...grabbed })).status).toBe(200)
  const found = await findUserByEmail(records.db, address)
  expect(found?.user).toMatchObject({ name: 'Eve', roles: ['user'], epoch: 0, demo: false, disabledAt: null })
  expect(found?.user.id).not.toBe(grabbed.id)
  expect(found?.user.createdAt).toBeGreaterThan(0)
  expect(found?.passwordHash).not.toBe(grabbed.passwordHash)
  expect((await client.get('/api/auth/session')).json.user).toMatchObject({ roles: ['user'] })
})

test('K05 whoever signs in or changes their profile with more than the form has gets no more', async ({
  records,
  asUser,
  app,
  network,
}) => {
  const eve = await asUser()
  const client = openClient(app.url, network)
  const signedIn = await client.post('/api/auth/sign-in', { email: eve.email, password, ...grabbed })
  expect(signedIn.json.user).toMatchObject({ id: eve.user.id, roles: ['user'] })
  expect((await client.post('/api/auth/profile', { name: 'Eve', email: 'x@example.com', ...grabbed })).status).toBe(200)
  expect((await findUserByEmail(records.db, eve.email))?.user).toEqual({ ...eve.user, name: 'Eve' })
})

test('K05 a member or a field that comes twice is refused: nobody chooses which one counts', async ({
  client,
  asUser,
}) => {
  const { email } = await asUser()
  const [json, twice] = [
    await client.post('/api/auth/sign-in', `{"email":"${email}","password":"wrong","password":"${password}"}`),
    await client.post('/api/auth/sign-in', `email=${email}&password=wrong&password=${password}`, form),
  ]
  expect(json.status).toBe(400)
  expect(twice.status).toBe(303)
  expect(twice.headers.get('location')).toMatch(/^\/sign-in\?/)
  expect(client.cookies.has('handstamp-at')).toBe(false)
})

/** Everything that a stranger may post to, with what a good post has. */
const posts: [path: string, good: Record<string, string>][] = [
  ['/api/auth/sign-in', { email: 'nobody@example.com', password: 'a wrong password here' }],
  ['/api/auth/sign-up', { name: 'Ann', email: 'nobody@example.com', password }],
  ['/api/auth/password/forgot', { email: 'nobody@example.com' }],
  ['/api/auth/password/reset', { token: 'x'.repeat(43), password }],
  ['/api/auth/sign-in/email', { email: 'nobody@example.com' }],
  ['/api/auth/sign-in/email/verify', { code: '000000' }],
  ['/api/auth/sign-in/second-factor', { method: 'totp', code: '000000' }],
  ['/api/auth/verify-email', { code: '000000' }],
]
const fields = posts.flatMap(([path, good]) => Object.keys(good).map((field) => [path, field, good] as const))
const kinds: unknown[] = [['x'], [['x']], { $ne: '' }, { toString: 'x' }, 0, -1, 1e308, true, false, null, '', []]

for (const [path, field, good] of fields) {
  test(`K06 ${path} takes nothing but text for ${field}`, async ({ app, network }) => {
    for (const value of kinds) {
      const client = openClient(app.url, network)
      const { status } = await client.post(path, { ...good, [field]: value })
      // What needs a ticket that is missing says so first; the rest is 422.
      expect([JSON.stringify(value), [401, 422].includes(status)]).toEqual([JSON.stringify(value), true])
      expect([...client.cookies.keys()].filter((name) => /-(at|rt)$/.test(name))).toEqual([])
    }
  })
}

test('K06 operators in the names of form fields are names that nobody reads', async ({ client, asUser }) => {
  const { email } = await asUser()
  for (const body of [
    `email=${email}&password[$ne]=x`,
    `email=${email}&password[]=${encodeURIComponent(password)}`,
    `email[]=${email}&password=${encodeURIComponent(password)}`,
    `email[$gt]=&password[$gt]=`,
  ]) {
    const answer = await client.post('/api/auth/sign-in', body, form)
    expect([body, answer.status]).toEqual([body, 303])
    expect(client.cookies.has('handstamp-at')).toBe(false)
  }
})

test('K07 passwords of 129, 10,000, a million and 200 million characters cost nothing', async ({ app, network }) => {
  const client = openClient(app.url, network)
  const sizes: [size: number, statuses: number[]][] = [
    [129, [422, 401]],
    [10_000, [422]],
    [1_000_000, [413]],
  ]
  for (const [size, statuses] of sizes) {
    for (const path of ['/api/auth/sign-in', '/api/auth/sign-up']) {
      const began = performance.now()
      const body = { name: 'Ann', email: 'nobody@example.com', password: 'y'.repeat(size) }
      const { status } = await client.post(path, body)
      expect(statuses, `${path} ${size}`).toContain(status)
      expect(performance.now() - began, `${path} ${size}`).toBeLessThan(15_000)
    }
  }
  // Said to be 200 MB and refused before a byte of it is sent: bodies.spec.ts.
})

const payloads = [
  `' OR '1'='1`,
  `'; DROP TABLE users; --`,
  `" OR ""="`,
  `1) UNION SELECT secret FROM credentials --`,
  `$(sleep 5)`,
  '`id`',
  '{"$gt":""}',
  '*)(uid=*))(|(uid=*',
  `' or count(/*)=1 or 'a'='b`,
  '{{constructor.constructor("return process")()}}',
  '../../../../etc/passwd',
  '%00',
  '\u0000',
  ['$', '{jndi:ldap://127.0.0.1:9999/x}'].join(''),
]

for (const [path, field, good] of fields) {
  test(`K12 ${path} takes payloads in ${field} for text`, async ({ app, network }) => {
    const plain = await openClient(app.url, network).post(path, { ...good, [field]: `no such ${field} ` })
    for (const [i, payload] of payloads.entries()) {
      const from = network.replace(/\.\d+$/, `.${i + 1}`)
      const own = { ...good, ...(good.email && { email: `nobody${i}@example.com` }), [field]: payload }
      const { status, text } = await openClient(app.url, from).post(path, own)
      // A payload is a text of another length, no more: a password of the sign-up form is too short, a name is a name.
      const expected = [plain.status, 401, 422, ...(field === 'name' || field === 'password' ? [202, 401] : [])]
      expect(expected, `${payload}: ${text}`).toContain(status)
      expect(text).not.toMatch(/sql|syntax|stack|at \w+ \(/i)
    }
  })
}

test('K12, K19 ids that are payloads or another’s are of nobody', async ({ asUser }) => {
  const [ann, bob] = [await asUser(), await asUser()]
  for (const id of [...payloads, '%ff', bob.sid, bob.user.id, ann.user.id, '0', '-1']) {
    const { status } = await ann.client.remove(`/api/auth/sessions/${encodeURIComponent(id)}`)
    // What cannot be an id is a wrong field; what could be one is not found, whether it is somebody's or nobody's.
    expect(id === bob.sid ? [404] : [400, 404, 422], id).toContain(status)
  }
  expect((await bob.client.get('/api/auth/session')).status).toBe(200)
})

/** Every name of a member, however deep. */
const namesIn = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.flatMap(namesIn)
    : value !== null && typeof value === 'object'
      ? Object.entries(value).flatMap(([name, member]) => [name, ...namesIn(member)])
      : []

test('K21 what one reads about oneself holds no hash, epoch, salt or generation', async ({ asUser }) => {
  const ann = await asUser()
  for (const path of ['/api/auth/session', '/api/auth/sessions', '/api/auth/tokens']) {
    const { status, json, text } = await ann.client.get(path)
    expect([path, status]).toEqual([path, 200])
    expect(namesIn(json).filter((name) => /hash|epoch|salt|generation|parent|confirmed|secret/i.test(name))).toEqual([])
    expect(text).not.toContain('argon2')
    expect(text).not.toMatch(secretTexts)
  }
})
