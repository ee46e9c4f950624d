// A mail server that is away while mail is posted, and a process that is killed meanwhile: the mail arrives all the same.
import { SMTPServer } from 'smtp-server'
import { openClient, password } from '../fixtures/client'
import { freePort } from '../fixtures/free-port'
import { expect, test } from '../fixtures/test'

test('L-11 a sign-up’s mail outlives a mail server that is down and a kill -9', async ({ launch }) => {
  test.setTimeout(180_000)
  const port = await freePort()
  const app = await launch({ MAIL_URL: `smtp://127.0.0.1:${port}` })
  const mails: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: async (stream, _session, done) => {
      const chunks: Buffer[] = []
      for await (const chunk of stream) chunks.push(Buffer.from(chunk))
      mails.push(Buffer.concat(chunks).toString())
      done()
    },
  })
  try {
    const asked = await openClient(app.url, '10.8.0.1').post('/api/auth/sign-up', {
      name: 'Ann Example',
      email: 'ann@example.com',
      password,
    })
    expect(asked.status).toBe(202)
    await app.kill()
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()))
    await app.start()
    // The process opens its database with the first request that needs it.
    await expect.poll(async () => (await fetch(`${app.url}/api/health/ready`)).status).toBe(200)
    // Killed in the midst of a try, the mail is the dead process's for two minutes.
    await expect.poll(() => mails.length, { timeout: 140_000 }).toBe(1)
    expect(mails[0]).toContain('is your sign-up code')
    // Nobody had taken it before the kill, so nothing makes it come twice.
    await new Promise((resolve) => setTimeout(resolve, 1000))
    expect(mails).toHaveLength(1)
    expect(app.output()).not.toContain('ann@example.com')
  } finally {
    await app.stop()
    server.close()
  }
})
