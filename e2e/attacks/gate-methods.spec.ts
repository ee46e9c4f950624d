// Methods, upgrades, identity headers and forged hosts: catalogue 2.H (H05, H10–H12, H14–H17, H19–H22), without and with a session.
import { randomBytes } from 'node:crypto'
import { bodyOf, headerOf, headersOf, leadsTo } from '../fixtures/answer'
import type { App } from '../fixtures/app'
import { expectCalm } from '../fixtures/calm'
import { password } from '../fixtures/client'
import { doorFlaws, sendQuietly } from '../fixtures/door-table'
import { linkIn } from '../fixtures/mailbox'
import { rawRequest, sendRaw } from '../fixtures/raw'
import { dashboardMarker, expect, test } from '../fixtures/standing'

let pid = 0
test.beforeAll(({ app }) => {
  pid = app.pid()
})
test.afterAll(({ app }) => expectCalm(app, pid))

const routes: [path: string, allowed: string[]][] = [
  ['/', ['GET', 'HEAD']],
  ['/sign-in', ['GET', 'HEAD']],
  ['/sign-up', ['GET', 'HEAD']],
  ['/verify-email', ['GET', 'HEAD']],
  ['/verify-email/confirm', ['GET', 'HEAD']],
  ['/verify-email/link', ['GET', 'HEAD']],
  ['/dashboard', ['GET', 'HEAD']],
  ['/dev/mail', ['GET', 'HEAD']],
  ['/lab/attacks', ['GET', 'HEAD']],
  ['/lab/probe', ['GET', 'HEAD', 'POST']],
  ['/api/lab/attacks', ['POST']],
  ['/api/lab/gate', ['GET', 'HEAD']],
  ['/api/lab/probe', ['GET', 'HEAD']],
  ['/api/auth/sign-up', ['POST']],
  ['/api/auth/sign-in', ['POST']],
  ['/api/auth/sign-out', ['POST']],
  ['/api/auth/verify-email', ['POST']],
  ['/api/auth/verify-email/resend', ['POST']],
  ['/api/auth/demo', ['POST']],
  ['/api/theme', ['POST']],
  ['/api/auth/refresh', ['GET', 'HEAD', 'POST']],
  ['/api/auth/session', ['GET', 'HEAD']],
  ['/api/health/live', ['GET', 'HEAD']],
  ['/api/health/ready', ['GET', 'HEAD']],
  ['/.well-known/jwks.json', ['GET', 'HEAD', 'OPTIONS']],
]
const known = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']
const ask = (app: App, method: string, path: string, headers: readonly string[] = []) =>
  sendQuietly(
    app.port,
    rawRequest(method, path, app.port, ['Sec-Fetch-Site: same-origin', 'Content-Length: 0', ...headers]),
  )

for (const [path, allowed] of routes) {
  test(`H15 ${path} takes ${allowed.join(', ')} and says so to every other method`, async ({ app }) => {
    const answers: [string, number, string][] = []
    for (const method of known.filter((name) => !allowed.includes(name))) {
      const answer = await ask(app, method, path)
      answers.push([method, answer.status, headerOf(answer, 'allow')])
      if (method !== 'HEAD' && path.startsWith('/api/')) expect(bodyOf(answer)).toContain('"code":"method_not_allowed"')
    }
    expect(answers).toEqual(answers.map(([method]) => [method, 405, allowed.join(', ')]))
  })
}

test('H15 methods that no page has are refused at once, everywhere', async ({ app }) => {
  for (const [path] of routes) {
    for (const method of ['TRACE', 'CONNECT', 'get', 'QUERY', 'FOO', 'DEBUG', 'GET\u0000']) {
      const start = performance.now()
      const answer = await ask(app, method, path)
      expect([400, 405], `${method} ${path}`).toContain(answer.status)
      expect(performance.now() - start, `${method} ${path}`).toBeLessThan(15_000)
      expect(answer.body).not.toContain(dashboardMarker)
    }
  }
})

test('H15 TRACE does not echo what it is sent', async ({ app }) => {
  const answer = await ask(app, 'TRACE', '/', ['X-Secret: marker-h15', 'Cookie: a=marker-h15'])
  expect(answer.status).toBe(405)
  expect(`${answer.head}${answer.body}`).not.toContain('marker-h15')
})

test('H15 CONNECT by authority opens no tunnel', async ({ app }) => {
  const answer = await sendQuietly(
    app.port,
    `CONNECT 127.0.0.1:${app.port} HTTP/1.1\r\nHost: localhost:${app.port}\r\n\r\n`,
  )
  expect([400, 405]).toContain(answer.status)
})

test('H15 an override of the method ends no session and turns no GET into a POST', async ({ app, member }) => {
  for (const header of ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override']) {
    const answer = await ask(app, 'GET', '/api/auth/sign-out?_method=POST', [
      `${header}: POST`,
      `Cookie: ${member.client.header()}`,
    ])
    expect(answer.status).toBe(405)
  }
  expect((await member.client.get('/api/auth/session')).status).toBe(200)
})

test('H15 HEAD answers as GET does, without a body', async ({ app, member }) => {
  for (const [path, allowed] of routes.filter(([, methods]) => methods.includes('HEAD'))) {
    const [get, head] = [await ask(app, 'GET', path), await ask(app, 'HEAD', path)]
    expect([path, allowed, head.status, head.body]).toEqual([path, allowed, get.status, ''])
    expect(leadsTo(head, app.port).replace(/flash=.*/, '')).toBe(leadsTo(get, app.port).replace(/flash=.*/, ''))
  }
  const signedIn = await ask(app, 'HEAD', '/dashboard', [`Cookie: ${member.client.header()}`])
  expect([signedIn.status, signedIn.body]).toEqual([200, ''])
})

for (const path of ['/dashboard', '/', '/api/auth/session', '/_next/static/x', '/_next/webpack-hmr', '/nothing']) {
  for (const protocol of ['websocket', 'h2c', 'TLS/1.3']) {
    test(`H17 an upgrade of ${path} to ${protocol} is answered, not kept open`, async ({ app }) => {
      const key = randomBytes(16).toString('base64')
      const bytes = `GET ${path} HTTP/1.1\r\nHost: localhost:${app.port}\r\nConnection: Upgrade\r\nUpgrade: ${protocol}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n`
      const start = performance.now()
      const answer = await sendQuietly(app.port, bytes, 30_000)
      expect(performance.now() - start).toBeLessThan(20_000)
      expect([400, 426]).toContain(answer.status)
      expect(answer.body).not.toContain(dashboardMarker)
    })
  }
}

const forgedHosts = [
  'X-Forwarded-Host: evil.test',
  'X-Host: evil.test',
  'Forwarded: host=evil.test;proto=https',
  'X-Forwarded-Proto: https',
  'X-Forwarded-Port: 444',
  'X-Forwarded-Server: evil.test',
  'X-Original-URL: http://evil.test/',
  'X-Rewrite-URL: http://evil.test/',
  'X-Original-Host: evil.test',
  'X-Forwarded-Prefix: //evil.test',
  'Referer: http://evil.test/',
  'True-Client-IP: evil.test',
]

const signUp = (app: App, target: string, host: string, email: string, network: string, headers: readonly string[]) => {
  const body = JSON.stringify({ name: 'Ann', email, password })
  return sendQuietly(
    app.port,
    [
      `POST ${target} HTTP/1.1`,
      `Host: ${host}`,
      'Connection: close',
      'Sec-Fetch-Site: same-origin',
      'Content-Type: application/json',
      `X-Forwarded-For: ${network}`,
      `Content-Length: ${body.length}`,
      ...headers,
      '',
      body,
    ].join('\r\n'),
  )
}

test("H11 a mail's link has our own origin, whatever headers say of hosts", async ({ app, mailbox, network }) => {
  for (const header of forgedHosts) {
    const email = `host-${randomBytes(5).toString('hex')}@example.com`
    const answer = await signUp(app, '/api/auth/sign-up', `localhost:${app.port}`, email, network, [header])
    expect([header, answer.status]).toEqual([header, 202])
    const mail = await mailbox.waitFor(email)
    expect(linkIn(mail).startsWith(`${app.url}/verify-email/link?token=`), header).toBe(true)
    expect(`${mail.subject}${mail.text}${mail.html}`).not.toContain('evil.test')
    for (const line of headersOf(answer, 'set-cookie')) expect(line.toLowerCase()).not.toMatch(/domain=|evil\.test/)
  }
})

test('H10, H12, I17 a sign-up under a foreign host is turned away and sends nothing', async ({
  app,
  mailbox,
  network,
  address,
}) => {
  expect((await signUp(app, '/api/auth/sign-up', 'evil.test', address, network, [])).status).toBe(421)
  expect(
    (await signUp(app, '/api/auth/sign-up', `evil.test:${app.port}`, address, network, ['X-Forwarded-Host: localhost']))
      .status,
  ).toBe(421)
  expect(
    (await signUp(app, 'http://evil.test/api/auth/sign-up', `localhost:${app.port}`, address, network, [])).status,
  ).toBe(400)
  expect(
    (await signUp(app, `http://localhost:${app.port}/api/auth/sign-up`, 'evil.test', address, network, [])).status,
  ).toBe(400)
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(await mailbox.all(address)).toEqual([])
})

test('H05, H11 redirects of the gate and of forms stay on our own origin, whatever headers say of hosts', async ({
  app,
  network,
}) => {
  const form = 'email=x&password=x'
  for (const header of forgedHosts) {
    const gated = await ask(app, 'GET', '/dashboard', [header])
    expect(leadsTo(gated, app.port), header).toBe('/sign-in?next=%2Fdashboard')
    const tidied = await ask(app, 'GET', '/dashboard/', [header])
    expect(doorFlaws(tidied, app.port), header).toEqual([])
    const posted = await sendQuietly(
      app.port,
      rawRequest(
        'POST',
        '/api/auth/sign-in',
        app.port,
        [
          'Sec-Fetch-Site: same-origin',
          'Content-Type: application/x-www-form-urlencoded',
          `Content-Length: ${form.length}`,
          `X-Forwarded-For: ${network}`,
          header,
        ],
        form,
      ),
    )
    expect(leadsTo(posted, app.port), header).toMatch(/^\/sign-in\?/)
  }
})

const identities = (sub: string) => [
  'x-user: admin',
  `x-user-id: ${sub}`,
  `x-session: ${sub}`,
  `x-claims: {"sub":"${sub}"}`,
  'x-roles: admin',
  `x-handstamp-user: ${sub}`,
  `x-handstamp-session: ${sub}`,
  `x-handstamp-claims: ${sub}`,
  'X-USER: admin',
  'x_user: admin',
  'x-forwarded-user: admin',
  'x-middleware-request-x-user: admin',
  `x-middleware-request-cookie: handstamp-at=x`,
  'x-middleware-override-headers: cookie,x-user',
]

test('H20, H21 headers about who one is change nothing, with a session or without', async ({
  app,
  member,
  standing,
}) => {
  const headers = identities(standing.forge.claims().sub)
  const [plain, dressed] = [
    await ask(app, 'GET', '/api/auth/session'),
    await ask(app, 'GET', '/api/auth/session', headers),
  ]
  expect([dressed.status, bodyOf(dressed)]).toEqual([plain.status, bodyOf(plain)])
  const own = await ask(app, 'GET', '/api/auth/session', [`Cookie: ${member.client.header()}`, ...headers])
  expect(JSON.parse(bodyOf(own))).toMatchObject({ user: { email: member.email, roles: ['user'] } })
  const page = await ask(app, 'GET', '/dashboard', [`Cookie: ${member.client.header()}`, ...headers])
  expect(page.body).toContain(member.email)
  expect(page.body).not.toContain('admin')
})

test('H14 the headers by which Next speaks to itself do nothing on public pages either', async ({ app }) => {
  const internal = [
    'x-middleware-rewrite: /dashboard',
    'x-middleware-redirect: http://evil.test/',
    'x-middleware-set-cookie: x=1',
    'x-middleware-next: 1',
    'x-invoke-path: /dashboard',
    'x-invoke-output: /dashboard',
    'x-invoke-status: 500',
    'x-matched-path: /dashboard',
    'x-now-route-matches: 1=dashboard',
    'x-prerender-revalidate: 1',
    'x-middleware-subrequest: middleware:middleware:middleware:middleware:middleware',
  ]
  for (const header of internal) {
    const answer = await ask(app, 'GET', '/', [header])
    expect([header, answer.status]).toEqual([header, 200])
    expect(headersOf(answer, 'set-cookie')).toEqual([])
    expect(answer.body).not.toContain(dashboardMarker)
  }
})

test('H20 our own note of the peer cannot be written from outside', async ({ app, address, mailbox }) => {
  // A forged peer would let one client spend the limits of another; the value is proven by a token of the process.
  for (const value of [' 203.0.113.9', 'x 203.0.113.9', 'undefined 203.0.113.9', 'null 203.0.113.9']) {
    const answer = await ask(app, 'GET', '/api/auth/session', [`x-handstamp-peer: ${value}`])
    expect(answer.status).toBe(401)
  }
  expect(
    (
      await signUp(app, '/api/auth/sign-up', `localhost:${app.port}`, address, '10.3.3.3', [
        'x-handstamp-peer: x 203.0.113.9',
      ])
    ).status,
  ).toBe(202)
  await mailbox.waitFor(address)
  expect(app.output()).not.toContain('203.0.113.9')
})

test('H19 with a session no path that looks like a file is kept or is the dashboard', async ({ app, member }) => {
  for (const path of [
    '/dashboard',
    '/dashboard/x.css',
    '/dashboard%3f.css',
    '/dashboard;.js',
    '/dashboard/x.png',
    '/api/auth/session',
    '/api/auth/session/x.css',
    '/api/auth/session;.js',
  ]) {
    const answer = await ask(app, 'GET', path, [`Cookie: ${member.client.header()}`])
    expect(headerOf(answer, 'cache-control'), path).toContain('no-store')
    if (path !== '/dashboard' && path !== '/api/auth/session') expect([404, 308], path).toContain(answer.status)
  }
})

test('H09 with a session and the router’s own headers a page is still not to be kept', async ({ app, member }) => {
  for (const headers of [
    ['RSC: 1'],
    ['RSC: 1', 'Next-Router-Prefetch: 1'],
    ['RSC: 1', 'Next-Router-Segment-Prefetch: /_tree'],
  ]) {
    const answer = await ask(app, 'GET', '/dashboard?_rsc=x', [`Cookie: ${member.client.header()}`, ...headers])
    expect(headerOf(answer, 'cache-control'), headers.join()).toContain('no-store')
  }
})

test('H18 a second request that is hidden in a body is never answered', async ({ app }) => {
  const hidden = `GET /api/health/live HTTP/1.1\r\nHost: localhost:${app.port}\r\n\r\n`
  const request = `POST /api/auth/sign-out HTTP/1.1\r\nHost: localhost:${app.port}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nContent-Length: ${hidden.length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`
  const answer = await sendRaw(app.port, request).catch(() => ({ status: 400, head: '', body: '' }))
  expect(answer.status).toBe(400)
  expect(`${answer.head}${answer.body}`).not.toContain('"live"')
})
