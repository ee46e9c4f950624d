// A server that is not set up says what is missing, serves nothing, and prints no secret.
import { launchApp } from '../fixtures/app'
import { sendRaw } from '../fixtures/raw'
import { expect, test } from '../fixtures/test'

const asked = (method: string, path: string) =>
  `${method} ${path} HTTP/1.1\r\nHost: app.example.com\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`

const abroad = { APP_URL: 'https://app.example.com', MAIL_FROM: 'Handstamp <no-reply@example.com>' }

for (const [name, value] of [
  ['missing', ''],
  ['a word', 'secret'],
  ['repeated', 'a'.repeat(43)],
  ['too short', 'c2hvcnQtc2VjcmV0'],
]) {
  test(`AUTH_SECRET ${name}: 503 names it on pages and handlers`, async () => {
    const app = await launchApp({ ...abroad, AUTH_SECRET: value ?? '' })
    try {
      for (const path of ['/', '/dashboard', '/api/auth/session', '/.well-known/jwks.json']) {
        const answer = await sendRaw(app.port, asked('GET', path))
        expect(answer.status, path).toBe(503)
        expect(answer.body).toContain('AUTH_SECRET')
        expect(answer.body).toContain('randomBytes(32)')
        if (value) expect(answer.head + answer.body).not.toContain(value)
      }
      if (value) expect(app.output()).not.toContain(value)
    } finally {
      await app.stop()
    }
  })
}

test('outside local mode there is no demo session and no mailbox', async () => {
  const app = await launchApp(abroad)
  try {
    expect((await sendRaw(app.port, asked('GET', '/dev/mail'))).status).toBe(404)
    expect((await sendRaw(app.port, asked('POST', '/api/auth/demo'))).status).toBe(404)
    const landing = await sendRaw(app.port, asked('GET', '/'))
    expect(landing.status).toBe(200)
    expect(landing.body).toContain('Sign up')
    expect(landing.body).not.toContain('demo session')
  } finally {
    await app.stop()
  }
})
