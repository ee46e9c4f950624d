// Two built instances on one Postgres and no sticky sessions: what one decides holds at the other.
import { randomBytes } from 'node:crypto'
import type { App } from '../fixtures/app'
import { type Client, openClient, password, signUpBy } from '../fixtures/client'
import { openMailbox } from '../fixtures/mailbox'
import { test as base, expect } from '../fixtures/test'

type Pair = { one: App; other: App }

const test = base.extend<object, { pair: Pair }>({
  pair: [
    async ({ launch }, use) => {
      const shared = {
        AUTH_SECRET: randomBytes(32).toString('base64url'),
        // One service at one address; here each instance has a port of its own.
        JWT_ISSUER: 'https://app.example',
        JWT_AUDIENCE: 'https://app.example',
      }
      const one = await launch(shared)
      const other = await launch({ ...shared, DATABASE_URL: one.database, MAIL_URL: `file:${one.mailDir}` })
      await use({ one, other })
      await other.stop()
      await one.stop()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
})

/** The same browser at the other instance. */
const at = ({ url }: App, { cookies }: Client, network: string): Client => {
  const client = openClient(url, network)
  for (const [name, value] of cookies) client.cookies.set(name, value)
  return client
}

const joined = async ({ one }: Pair, network: string, address: string): Promise<Client> => {
  const client = openClient(one.url, network)
  await signUpBy(client, openMailbox(one.mailDir), address)
  return client
}

test('forty refreshes through both end with one successor', async ({ pair, network, address }) => {
  const client = await joined(pair, network, address)
  const before = client.cookies.get('handstamp-rt')
  const browsers = Array.from({ length: 40 }, (_, i) => at(i % 2 ? pair.one : pair.other, client, network))
  /** Asks again after a 503, as a browser does: a busy machine may need more than the second that a statement waits. */
  const refresh = async (browser: Client) => {
    for (let i = 0; i < 5; i++) {
      const answer = await browser.post('/api/auth/refresh', {})
      if (answer.status !== 503) return answer
    }
    return browser.post('/api/auth/refresh', {})
  }
  const answers = await Promise.all(browsers.map(refresh))
  expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(200))
  const successors = new Set(browsers.map(({ cookies }) => cookies.get('handstamp-rt')))
  expect(successors.size).toBe(1)
  expect(successors.has(before)).toBe(false)
  for (const app of [pair.one, pair.other])
    expect((await at(app, browsers[0] ?? client, network).get('/api/auth/session')).status).toBe(200)
})

test('wrong passwords at both are counted together', async ({ pair, network, address }) => {
  await joined(pair, network, address)
  const tries = await Promise.all(
    Array.from({ length: 30 }, (_, i) =>
      openClient((i % 2 ? pair.one : pair.other).url, network).post('/api/auth/sign-in', {
        email: address,
        password: `${password} not`,
      }),
    ),
  )
  const counted = (status: number) => tries.filter((answer) => answer.status === status).length
  // A full queue of password checks or of statements answers 503, and is no try.
  expect(counted(401)).toBeLessThanOrEqual(5)
  expect(counted(401) + counted(429) + counted(503)).toBe(30)
  expect(counted(429) + counted(503)).toBeGreaterThanOrEqual(25)
  expect(counted(429)).toBeGreaterThan(0)
})

test('a sign-out at one is refused at the other: in Node at once, at its edge within 3 s', async ({
  pair,
  network,
  address,
}) => {
  const client = await joined(pair, network, address)
  const stolen = at(pair.other, client, network)
  const cookie = `handstamp-at=${client.cookies.get('handstamp-at') ?? ''}`
  // At an address where nothing is, the edge lets a good token through to a 404 and Node asks nobody.
  const isLetThrough = async () =>
    (await openClient(pair.other.url, network).get('/nowhere', { cookie })).status === 404
  expect((await stolen.get('/api/auth/session')).status).toBe(200)
  expect(await isLetThrough()).toBe(true)
  expect((await client.post('/api/auth/sign-out', {})).status).toBe(204)
  const ended = performance.now()
  expect((await openClient(pair.other.url, network).get('/api/auth/session', { cookie })).status).toBe(401)
  while (await isLetThrough()) {
    expect(performance.now() - ended, 'the edge still lets it through').toBeLessThan(12_000)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  expect((await stolen.post('/api/auth/refresh', {})).status).toBe(401)
})

test('both publish one key set, and a token of one is good at the other', async ({ pair, network, address }) => {
  const sets = await Promise.all(
    [pair.one, pair.other].map(async ({ url }) => (await fetch(`${url}/.well-known/jwks.json`)).json()),
  )
  expect(sets[0]).toEqual(sets[1])
  expect(sets[0].keys).toHaveLength(1)
  const client = await joined(pair, network, address)
  const page = await at(pair.other, client, network).get('/dashboard')
  expect(page.status).toBe(200)
  expect(page.text).toContain(address)
})

test('a sign-up begun at one is finished at the other', async ({ pair, network, address }) => {
  const client = openClient(pair.one.url, network)
  expect((await client.post('/api/auth/sign-up', { name: 'Ann', email: address, password })).status).toBe(202)
  const { text } = await openMailbox(pair.one.mailDir).waitFor(address)
  const [, code = ''] = /^\s{4}(\d{6})$/m.exec(text) ?? []
  const elsewhere = at(pair.other, client, network)
  expect((await elsewhere.post('/api/auth/verify-email', { code })).status).toBe(200)
  expect((await at(pair.one, elsewhere, network).get('/api/auth/session')).status).toBe(200)
})
