// A process that is killed in the middle of writes has lost nothing that it acknowledged.
import { openClient, password, signUpBy } from '../fixtures/client'
import { openMailbox } from '../fixtures/mailbox'
import { expect, test } from '../fixtures/test'

const rounds = 5

test('kill -9 in a stream of sign-ins, refreshes and sign-outs loses nothing acknowledged', async ({ launch }) => {
  test.setTimeout(120_000)
  const app = await launch({ ROTATION_GRACE: '5m', MAX_SESSIONS: '1000' })
  try {
    // One account each: tries that a kill cut off count as wrong ones until the next right one.
    const mailbox = openMailbox(app.mailDir)
    const people = [1, 2, 3].map((id) =>
      signUpBy(openClient(app.url, `10.1.0.${id}`), mailbox, `durable${id}@example.com`),
    )
    const emails = await Promise.all(people)
    for (let round = 0; round < rounds; round++) {
      const alive = new Map<string, string>()
      const ended = new Set<string>()
      let running = true
      const stream = async (email: string, id: number) => {
        while (running) {
          const client = openClient(app.url, `10.1.${round}.${id}`)
          try {
            const signedIn = await client.post('/api/auth/sign-in', { email, password })
            if (signedIn.status !== 200) continue
            // From here on the session is acknowledged, whatever cookies came last.
            const key = JSON.stringify(signedIn.json.session)
            alive.set(key, client.header())
            const refreshed = await client.post('/api/auth/refresh', {})
            if (refreshed.status === 200) alive.set(key, client.header())
            if (Math.random() < 0.3) {
              alive.delete(key)
              const kept = client.header()
              if ((await client.post('/api/auth/sign-out', {})).status === 204) ended.add(kept)
            }
          } catch {
            // The connection broke with the process: nothing was acknowledged.
          }
        }
      }
      const streams = emails.map(stream)
      await expect.poll(() => alive.size, { timeout: 20_000 }).toBeGreaterThan(2)
      await new Promise((resolve) => setTimeout(resolve, 200 + Math.random() * 800))
      await app.kill()
      running = false
      await Promise.all(streams)
      await app.start()
      expect(alive.size).toBeGreaterThan(0)
      for (const header of alive.values()) {
        const client = openClient(app.url, '10.1.9.9')
        for (const pair of header.split('; '))
          client.cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
        expect((await client.post('/api/auth/refresh', {})).status).toBe(200)
      }
      for (const header of ended) {
        expect((await openClient(app.url, '10.1.9.9').get('/api/auth/session', { cookie: header })).status).toBe(401)
      }
    }
  } finally {
    await app.stop()
  }
})
