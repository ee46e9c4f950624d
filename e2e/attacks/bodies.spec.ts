// Bodies that are too large, compressed or of a wrong type: catalogue N02, I10, requirement B-13.
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { bodyOf, headerOf } from '../fixtures/answer'
import type { App } from '../fixtures/app'
import { expectCalm } from '../fixtures/calm'
import { sendQuietly } from '../fixtures/door-table'
import { handlerPosts, posts } from '../fixtures/posts'
import { rawRequest } from '../fixtures/raw'
import { expect, test } from '../fixtures/standing'

let pid = 0
test.beforeAll(({ app }) => {
  pid = app.pid()
})
test.afterAll(({ app }) => expectCalm(app, pid))

const own = 'Sec-Fetch-Site: same-origin'
const json = 'Content-Type: application/json'

const send = (app: App, path: string, headers: readonly string[], body: string) =>
  sendQuietly(app.port, rawRequest('POST', path, app.port, [own, ...headers], body))
const sized = (app: App, path: string, headers: readonly string[], body: string) =>
  send(app, path, [...headers, `Content-Length: ${Buffer.byteLength(body)}`], body)
const chunked = (body: string) => `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`
const object = (bytes: number) => `{"x":"${'y'.repeat(bytes - 8)}"}`

for (const path of posts) {
  test(`N02 ${path} takes 16 KB and not a byte more, with a length or in chunks`, async ({ app }) => {
    const [fits, over] = [object(16_384), object(16_385)]
    const answers = [
      await sized(app, path, [json], fits),
      await sized(app, path, [json], over),
      await send(app, path, [json, 'Transfer-Encoding: chunked'], chunked(fits)),
      await send(app, path, [json, 'Transfer-Encoding: chunked'], chunked(over)),
      await send(app, path, [json, 'Content-Length: 200000000'], ''),
      await send(app, path, [json, 'Content-Length: 99999999999999999999'], ''),
    ]
    const statuses = answers.map(({ status }) => status)
    expect([413, 500]).not.toContain(statuses[0])
    expect([413, 500]).not.toContain(statuses[2])
    expect([statuses[1], statuses[3], statuses[4]]).toEqual([413, 413, 413])
    expect([400, 413]).toContain(statuses[5])
    for (const answer of [answers[1], answers[3]]) {
      expect(headerOf(answer ?? { status: 0, head: '', body: '' }, 'content-type')).toContain(
        'application/problem+json',
      )
    }
  })
}

// What a server action's body may be is tried in action-bodies.spec.ts.
for (const path of handlerPosts) {
  test(`N02, I10 ${path} refuses compressed bodies and types that are neither JSON nor a form`, async ({ app }) => {
    const bomb = gzipSync(Buffer.alloc(1_000_000)).toString('latin1')
    const encodings = ['gzip', 'br', 'deflate', 'identity', 'gzip, gzip']
    for (const encoding of encodings) {
      const answer = await send(
        app,
        path,
        [json, `Content-Encoding: ${encoding}`, `Content-Length: ${bomb.length}`],
        bomb,
      )
      expect([encoding, answer.status]).toEqual([encoding, 415])
    }
    const types = [
      'text/plain',
      'text/plain;charset=UTF-8',
      'text/json',
      'application/xml',
      'application/jsonp',
      'application/json-patch+json',
      'x',
      'application/x-www-form-urlencodedx',
      'multipart/mixed',
    ]
    for (const type of types) {
      const answer = await sized(
        app,
        path,
        [`Content-Type: ${type}`],
        '{"email":"a@example.com","password":"x","theme":"dark"}',
      )
      expect([type, answer.status]).toEqual([type, 415])
      expect(bodyOf(answer)).toContain('"code":"unsupported_media_type"')
    }
    expect((await sized(app, path, [], '{"theme":"dark"}')).status).toBe(415)
  })

  test(`N02 ${path} calls a body that it cannot read a bad request`, async ({ app }) => {
    const bodies = [
      '{',
      '[]',
      'null',
      '"x"',
      '{"a":1,"a":2}',
      '\ufeff{}',
      `${'['.repeat(8_000)}`,
      '{"a":NaN}',
      `{"a":${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`,
    ]
    for (const body of bodies)
      expect([body.slice(0, 20), (await sized(app, path, [json], body)).status]).toEqual([body.slice(0, 20), 400])
    const broken = await sized(app, path, ['Content-Type: multipart/form-data; boundary=x'], '--y\r\nnonsense')
    expect(broken.status).toBeGreaterThanOrEqual(300)
    expect(broken.status).toBeLessThan(500)
  })
}

const residentMegabytes = (app: App) =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${app.pid()}/status`, 'utf8'))?.[1]) / 1024

/** Sends 20 MB without end in sight, for as long as the server takes it. */
const pour = (app: App, path: string, headers: readonly string[]): Promise<{ sent: number; text: string }> =>
  new Promise((resolve) => {
    const socket = connect(app.port, '127.0.0.1')
    const piece = Buffer.from(`10000\r\n${'y'.repeat(0x10000)}\r\n`)
    let [sent, text] = [0, '']
    const finish = () => resolve({ sent, text })
    const more = () => {
      while (sent < 20_000_000 && !socket.destroyed && socket.writable) {
        sent += piece.length
        if (!socket.write(piece)) return socket.once('drain', more)
      }
      if (!socket.destroyed && socket.writable) socket.end('0\r\n\r\n')
    }
    socket.on('data', (data) => {
      text += data.toString('latin1')
    })
    socket.on('error', () => undefined)
    socket.on('close', finish)
    socket.setTimeout(15_000, () => socket.destroy())
    socket.write(rawRequest('POST', path, app.port, [own, json, 'Transfer-Encoding: chunked', ...headers]))
    more()
  })

for (const path of ['/api/auth/sign-up', '/api/auth/session', '/dashboard', '/nothing']) {
  test(`N02 20 MB in chunks to ${path} are cut off and cost little memory`, async ({ app }) => {
    test.skip(process.platform !== 'linux', 'reads /proc')
    await send(app, path, [json], '')
    const before = residentMegabytes(app)
    const answers = await Promise.all(Array.from({ length: 3 }, () => pour(app, path, [])))
    for (const { text } of answers)
      expect(['', '413', '405', '403']).toContain(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? '')
    // Once the collector has been by.
    await expect.poll(() => residentMegabytes(app) - before, { timeout: 20_000 }).toBeLessThan(60)
    expect((await fetch(`${app.url}/api/health/live`)).status).toBe(200)
  })
}

test('N02 a field of 16 KB less a little is an error of that field, at once', async ({ app, network }) => {
  for (const field of ['email', 'password', 'name']) {
    const body = JSON.stringify({
      name: 'Ann',
      email: 'ann@example.com',
      password: 'correct horse battery staple',
      [field]: 'y'.repeat(16_000),
    })
    const start = performance.now()
    const answer = await sized(app, '/api/auth/sign-up', [json, `X-Forwarded-For: ${network}`], body)
    expect([field, answer.status]).toEqual([field, 422])
    expect(performance.now() - start).toBeLessThan(15_000)
  }
})
