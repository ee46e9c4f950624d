// Every connection of the pool is stuck behind a lock: requests queue for a second at most, then 503, and no deadlock.
import { Client as Connection } from 'pg'
import { openClient, signUpBy } from '../fixtures/client'
import { openMailbox } from '../fixtures/mailbox'
import { expect, test } from '../fixtures/test'

test('two hundred requests beside a locked table: 503 in time, nothing cleared, and well again at once', async ({
  launch,
}) => {
  test.setTimeout(90_000)
  const app = await launch()
  const locker = new Connection({ connectionString: app.database })
  try {
    const client = openClient(app.url, '10.78.0.1')
    await signUpBy(client, openMailbox(app.mailDir), 'busy@example.com')
    const cookie = client.header()
    const ask = async () => {
      const began = performance.now()
      const answer = await openClient(app.url, '10.78.0.1').get('/api/auth/session', { cookie })
      return { ...answer, took: performance.now() - began }
    }
    const askMany = () => Promise.all(Array.from({ length: 200 }, ask))
    const slowestOf = (answers: { took: number }[]) => Math.round(Math.max(...answers.map(({ took }) => took)))
    await askMany()
    const calm = slowestOf(await askMany())

    await locker.connect()
    await locker.query('BEGIN; LOCK TABLE sessions IN ACCESS EXCLUSIVE MODE')
    const answers = await askMany()
    await locker.query('COMMIT')

    const slowest = slowestOf(answers)
    console.info(`two hundred requests at once: the slowest ${calm} ms, beside a locked table ${slowest} ms`)
    for (const { status, headers } of answers) {
      expect(status).toBe(503)
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
      expect(headers.getSetCookie()).toEqual([])
    }
    // A second for a connection and one for the lock, and what the machine takes for two hundred requests.
    expect(slowest).toBeLessThan(3 * calm + 2500)
    await expect.poll(async () => (await ask()).status, { timeout: 10_000 }).toBe(200)
    for (const { status } of await askMany()) expect([200, 503]).toContain(status)
    expect((await ask()).status).toBe(200)
  } finally {
    await locker.end()
    await app.stop()
  }
})
