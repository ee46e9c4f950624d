// Postgres is stopped, or killed, and started again under traffic: for that time 503, nobody is signed out, and the app
// recovers by itself.
import type { App } from '../fixtures/app'
import { type Answer, type Client, openClient, password, signUpBy } from '../fixtures/client'
import { type Databases, openDatabases } from '../fixtures/databases'
import { openMailbox } from '../fixtures/mailbox'
import { test as base, expect } from '../fixtures/test'

const test = base.extend<object, { databases: Databases; own: App }>({
  databases: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures out of the pattern
    async ({}, use) => {
      const databases = await openDatabases()
      await use(databases)
      await databases.close()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  own: [
    async ({ databases, launch }, use) => {
      // Access tokens run out during the test, so that refreshes meet the outage too.
      const app = await launch({ DATABASE_URL: await databases.make(), ACCESS_TTL: '2s', ROTATION_GRACE: '30s' })
      await use(app)
      await app.stop()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
})

test.describe.configure({ mode: 'serial' })

type Seen = { at: number; what: string; answer: Answer }

/** Of the two cookies of a session; a sign-in takes the flow's away. */
const isClearing = (line: string) => /^handstamp-[ar]t=(;|.*(max-age=0|expires=thu, 01 jan 1970))/i.test(line)

/** Asks for one thing after the other until `running` says no. */
const traffic = async (
  client: Client,
  signIn: () => Promise<Answer>,
  seen: Seen[],
  running: () => boolean,
): Promise<void> => {
  const asks: [string, () => Promise<Answer>][] = [
    ['a page', () => client.get('/dashboard')],
    ['the session', () => client.get('/api/auth/session')],
    ['a refresh', () => client.post('/api/auth/refresh', {})],
    ['a refresh on the way to a page', () => client.get('/api/auth/refresh?next=/dashboard')],
    ['a sign-in elsewhere', signIn],
  ]
  for (let i = 0; running(); i++) {
    const [what, ask] = asks[i % asks.length] ?? ['', () => client.get('/')]
    const answer = await ask()
    seen.push({ at: performance.now(), what, answer })
  }
}

for (const signal of ['SIGINT', 'SIGKILL'] as const) {
  test(`Postgres ended by ${signal} and started again`, async ({ own, databases }) => {
    test.setTimeout(90_000)
    const people = await Promise.all(
      [1, 2, 3, 4].map(async (i) => {
        const client = openClient(own.url, `10.77.${signal.length}.${i}`)
        return {
          client,
          email: await signUpBy(client, openMailbox(own.mailDir), `${signal.toLowerCase()}${i}@example.com`),
        }
      }),
    )
    const seen: Seen[] = []
    let running = true
    const streams = people.map(({ client, email }) =>
      traffic(
        client,
        () => openClient(own.url, '10.77.9.9').post('/api/auth/sign-in', { email, password }),
        seen,
        () => running,
      ),
    )
    const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
    await pause(2500)
    await databases.server.stop(signal)
    await pause(1500)
    await databases.server.start()
    const back = performance.now()
    await pause(8000)
    running = false
    await Promise.all(streams)

    for (const { what, answer } of seen) {
      const said = `${what}: ${answer.status} ${answer.text.slice(0, 200)}`
      expect([200, 307, 503], said).toContain(answer.status)
      if (answer.status === 503) expect(Number(answer.headers.get('retry-after')), said).toBeGreaterThan(0)
      expect(answer.headers.getSetCookie().filter(isClearing), said).toEqual([])
      expect(answer.headers.get('location') ?? '', said).not.toContain('/sign-in')
    }
    const refused = seen.filter(({ answer }) => answer.status === 503)
    expect(refused.length).toBeGreaterThan(0)
    const lastRefusal = Math.max(...refused.map(({ at }) => at)) - back
    console.info(
      `${signal}: ${seen.length} answers, ${refused.length} × 503, the last ${Math.round(lastRefusal)} ms after the start`,
    )
    expect(lastRefusal).toBeLessThan(6000)
    for (const { client } of people) {
      expect((await client.post('/api/auth/refresh', {})).status).toBe(200)
      expect((await client.get('/api/auth/session')).status).toBe(200)
    }
    expect(own.output()).not.toMatch(/passw0rd|127\.0\.0\.1:\d+.*ECONN/)
  })
}
