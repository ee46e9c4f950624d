// Every connection of the pool is stuck behind a lock: requests queue for a second at most, then 503, and no deadlock.
import { Client as Connection } from 'pg'
import { openClient, signUpBy } from '../fixtures/client'
import { openMailbox } from '../fixtures/mailbox'
import { expect, test } from '../fixtures/test'

test('two hundred requests beside a locked table: 503 in time, nothing cleared, and well again at once', async ({
  launch,
}) => {
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
    expect((await ask()).status).toBe(200)

    await locker.connect()
    await locker.query('BEGIN; LOCK TABLE sessions IN ACCESS EXCLUSIVE MODE')
    const answers = await Promise.all(Array.from({ length: 200 }, ask))
    await locker.query('COMMIT')

    const slowest = Math.max(...answers.map(({ took }) => took))
    console.info(`two hundred requests beside a locked table: the slowest ${Math.round(slowest)} ms`)
    for (const { status, headers } of answers) {
      expect(status).toBe(503)
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
      expect(headers.getSetCookie()).toEqual([])
    }
    // A second for a connection or the lock, and the machine's own time for two hundred requests.
    expect(slowest).toBeLessThan(4000)
    const after = await Promise.all(Array.from({ length: 200 }, ask))
    expect(after.map(({ status }) => status)).toEqual(Array(200).fill(200))
  } finally {
    await locker.end()
    await app.stop()
  }
})
