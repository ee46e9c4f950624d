// Headers of every kind of answer: requirements B-6 to B-9.
import type { Page } from '@playwright/test'
import { bodyOf, headerOf, headersOf, leadsTo } from '../fixtures/answer'
import type { App } from '../fixtures/app'
import { sendQuietly } from '../fixtures/door-table'
import { type RawAnswer, rawRequest } from '../fixtures/raw'
import { expect, test } from '../fixtures/standing'

const post = (app: App, path: string, headers: readonly string[], body: string) =>
  sendQuietly(
    app.port,
    rawRequest('POST', path, app.port, [...headers, `Content-Length: ${Buffer.byteLength(body)}`], body),
  )
const get = (app: App, path: string, headers: readonly string[] = []) =>
  sendQuietly(app.port, rawRequest('GET', path, app.port, headers))

const own = 'Sec-Fetch-Site: same-origin'
const json = 'Content-Type: application/json'
const form = 'Content-Type: application/x-www-form-urlencoded'

type Kind = {
  name: string
  status: number
  ask: (app: App, cookie: string) => Promise<RawAnswer> /** Private to one browser. */
  gated: boolean
}
const kinds: Kind[] = [
  { name: 'the landing page', status: 200, ask: (app) => get(app, '/'), gated: false },
  { name: 'the sign-in page', status: 200, ask: (app) => get(app, '/sign-in'), gated: true },
  { name: 'the dashboard', status: 200, ask: (app, cookie) => get(app, '/dashboard', [cookie]), gated: true },
  // Next sends a router's request whose hash does not fit its headers on to the one that does.
  {
    name: "the router's request for the dashboard",
    status: 307,
    ask: (app, cookie) => get(app, '/dashboard?_rsc=x', [cookie, 'RSC: 1']),
    gated: true,
  },
  {
    name: 'the dashboard as RSC',
    status: 200,
    ask: async (app, cookie) =>
      get(app, leadsTo(await get(app, '/dashboard?_rsc=x', [cookie, 'RSC: 1']), app.port), [cookie, 'RSC: 1']),
    gated: true,
  },
  {
    name: 'the session handler',
    status: 200,
    ask: (app, cookie) => get(app, '/api/auth/session', [cookie]),
    gated: true,
  },
  { name: 'a sign-out', status: 204, ask: (app) => post(app, '/api/auth/sign-out', [own, json], '{}'), gated: true },
  {
    name: 'a form that leads on',
    status: 303,
    ask: (app) => post(app, '/api/auth/sign-out', [own, form], 'x=1'),
    gated: true,
  },
  {
    name: 'a form that was refused',
    status: 303,
    ask: (app) => post(app, '/api/auth/sign-in', [own, form], 'email=x'),
    gated: true,
  },
  { name: 'the gate', status: 307, ask: (app) => get(app, '/dashboard'), gated: true },
  {
    name: 'the gate with a refresh cookie',
    status: 307,
    ask: (app) => get(app, '/dashboard', [`Cookie: handstamp-rt=AAECAwQFBgcICQoLDA0ODw.1.${'A'.repeat(43)}`]),
    gated: true,
  },
  { name: 'a refresh', status: 307, ask: (app, cookie) => get(app, '/api/auth/refresh', [cookie]), gated: true },
  {
    name: 'a body that cannot be read',
    status: 400,
    ask: (app) => post(app, '/api/auth/sign-in', [own, json], '{'),
    gated: true,
  },
  { name: 'a handler without a session', status: 401, ask: (app) => get(app, '/api/auth/session'), gated: true },
  { name: 'an unknown handler', status: 401, ask: (app) => get(app, '/api/nothing'), gated: true },
  { name: 'a foreign origin', status: 403, ask: (app) => post(app, '/api/auth/sign-out', [json], '{}'), gated: true },
  { name: 'a foreign origin on a page', status: 405, ask: (app) => post(app, '/sign-in', [form], 'x=1'), gated: true },
  {
    name: 'an unknown page, signed in',
    status: 404,
    ask: (app, cookie) => get(app, '/nothing', [cookie]),
    gated: true,
  },
  {
    name: 'an unknown handler, signed in',
    status: 404,
    ask: (app, cookie) => get(app, '/api/nothing', [cookie]),
    gated: true,
  },
  { name: 'a wrong method', status: 405, ask: (app) => get(app, '/api/auth/sign-in'), gated: true },
  {
    name: 'a wrong type',
    status: 415,
    ask: (app) => post(app, '/api/auth/sign-in', [own, 'Content-Type: text/plain'], 'x'),
    gated: true,
  },
  {
    name: 'a foreign host',
    status: 421,
    ask: (app) => sendQuietly(app.port, 'GET / HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n'),
    gated: true,
  },
  { name: 'wrong fields', status: 422, ask: (app) => post(app, '/api/auth/sign-in', [own, json], '{}'), gated: true },
  { name: 'a health check', status: 200, ask: (app) => get(app, '/api/health/live'), gated: true },
]

const fixed: [string, string][] = [
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'same-origin'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['x-frame-options', 'DENY'],
  [
    'permissions-policy',
    'camera=(), microphone=(), geolocation=(), browsing-topics=(), publickey-credentials-get=(self), publickey-credentials-create=(self)',
  ],
]
const directives = [
  "default-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'self'",
]

for (const { name, status, ask, gated } of kinds) {
  test(`B-6, B-8 ${status} of ${name} carries the security headers, once each`, async ({ app, member }) => {
    const answer = await ask(app, `Cookie: ${member.client.header()}`)
    expect(answer.status).toBe(status)
    for (const [header, value] of fixed) expect([header, headersOf(answer, header)]).toEqual([header, [value]])
    const [policy = '', ...more] = headersOf(answer, 'content-security-policy')
    expect(more).toEqual([])
    for (const directive of directives) expect(policy.split('; ')).toContain(directive)
    expect(policy).toMatch(/script-src 'nonce-[A-Za-z0-9+/]{22}==' 'strict-dynamic'(;|$)/)
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|\*/)
    expect([headerOf(answer, 'x-powered-by'), headerOf(answer, 'server')]).toEqual(['', ''])
    // No HTTPS here, and so no word about it: browsers would keep it for localhost.
    expect(headerOf(answer, 'strict-transport-security')).toBe('')
  })

  test(`B-9 ${status} of ${name} is ${gated ? 'kept by nobody and differs by cookie' : 'no session’s'}`, async ({
    app,
    member,
  }) => {
    const answer = await ask(app, `Cookie: ${member.client.header()}`)
    if (!gated && headersOf(answer, 'set-cookie').length === 0) return
    expect(headerOf(answer, 'cache-control')).toContain('no-store')
    expect(headerOf(answer, 'cache-control')).not.toMatch(/public|s-maxage/)
    expect(headerOf(answer, 'vary').toLowerCase().split(/, */)).toContain('cookie')
    expect(headersOf(answer, 'cross-origin-resource-policy')).toEqual(['same-origin'])
  })
}

test('B-9 answers that set a cookie are kept by nobody', async ({ app, member, address }) => {
  const cookie = `Cookie: ${member.client.header()}`
  const answers = [
    await post(
      app,
      '/api/auth/sign-up',
      [own, json],
      JSON.stringify({ name: 'Ann', email: address, password: 'correct horse battery staple' }),
    ),
    await post(app, '/api/auth/refresh', [own, json, cookie], '{}'),
    await post(app, '/api/auth/demo', [own, json], '{}'),
    await get(app, `/verify-email/link?token=${'A'.repeat(43)}`),
    await post(app, '/api/theme', [own, form], 'theme=dark&next=/'),
    await post(app, '/api/auth/sign-in', [own, form], 'email=x'),
  ]
  for (const answer of answers) {
    expect(headersOf(answer, 'set-cookie').length).toBeGreaterThan(0)
    expect(headerOf(answer, 'cache-control')).toContain('no-store')
    expect(headerOf(answer, 'vary').toLowerCase()).toContain('cookie')
  }
})

test('B-6 the nonce differs for each answer and is that of every script and style in it', async ({ app, member }) => {
  const nonces = new Set<string>()
  const pages = [
    '/',
    '/sign-in',
    '/sign-up',
    '/verify-email',
    '/verify-email/confirm',
    '/dashboard',
    '/dev/mail',
    '/nothing',
  ]
  for (const path of pages) {
    for (let i = 0; i < 3; i++) {
      const answer = await get(app, path, [
        `Cookie: ${path === '/sign-in' || path === '/sign-up' ? 'x=1' : member.client.header()}`,
      ])
      const nonce = /'nonce-([^']+)'/.exec(headerOf(answer, 'content-security-policy'))?.[1] ?? ''
      nonces.add(nonce)
      const html = bodyOf(answer)
      const tags = [...html.matchAll(/<(script|style)\b([^>]*)>/g)].map(([tag]) => tag)
      expect(tags.length, path).toBeGreaterThan(0)
      for (const tag of tags) expect(tag, path).toContain(`nonce="${nonce}"`)
      expect(html, path).not.toMatch(/<[a-z][^>]* (on[a-z]+|style)=/)
      expect(html, path).not.toContain('http-equiv')
    }
  }
  expect(nonces.size).toBe(pages.length * 3)
})

test('B-6 a client cannot choose the nonce', async ({ app }) => {
  for (const header of [
    "Content-Security-Policy: script-src 'nonce-chosen'",
    "Content-Security-Policy-Report-Only: script-src 'nonce-chosen'",
    'x-nonce: chosen',
  ]) {
    const answer = await get(app, '/', [header])
    expect(answer.status).toBe(200)
    expect(`${answer.head}${answer.body}`).not.toContain('chosen')
  }
})

test('B-8 built files and those of public/ are served as what they are', async ({ app }) => {
  const files = [
    ...new Set(
      [...bodyOf(await get(app, '/')).matchAll(/(?:src|href)="(\/_next\/static\/[^"]+)"/g)].map(
        ([, path = '']) => path,
      ),
    ),
  ]
  expect(files.length).toBeGreaterThan(2)
  const missing: [string, string][] = []
  for (const path of [...files, '/icon.svg', '/robots.txt', '/_next/static/nothing.js']) {
    const answer = await get(app, path)
    expect([200, 404], path).toContain(answer.status)
    if (headerOf(answer, 'x-content-type-options') !== 'nosniff')
      missing.push([path.replace(/[^/]+\.(js|css|woff2)$/, '*.$1'), String(answer.status)])
    expect(headerOf(answer, 'x-powered-by')).toBe('')
  }
  expect(missing).toEqual([])
})

test('B-11 scripts are the same with and without a session', async ({ app, member }) => {
  const scripts = [
    ...new Set(
      [
        ...bodyOf(await get(app, '/dashboard', [`Cookie: ${member.client.header()}`])).matchAll(
          /\/_next\/static\/[\w./~-]+\.js/g,
        ),
      ].map(([path]) => path),
    ),
  ]
  expect(scripts.length).toBeGreaterThan(0)
  for (const path of scripts) {
    const [plain, signedIn] = [await get(app, path), await get(app, path, [`Cookie: ${member.client.header()}`])]
    expect(bodyOf(signedIn), path).toBe(bodyOf(plain))
  }
})

test('B-8 what the front door itself refuses has its headers too', async ({ app }) => {
  const answers = [
    await sendQuietly(app.port, rawRequest('TRACE', '/', app.port)),
    await sendQuietly(app.port, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'),
    await post(app, '/api/auth/sign-in', [own, json], 'x'.repeat(17_000)),
    await get(app, '/', [`X: ${'x'.repeat(17_000)}`]),
    await get(app, '/', ['Connection: Upgrade', 'Upgrade: websocket']),
  ]
  expect(answers.map(({ status }) => status)).toEqual([405, 400, 413, 431, 426])
  for (const answer of answers) {
    expect(headerOf(answer, 'content-type')).toBe('application/problem+json; charset=utf-8')
    expect(headerOf(answer, 'cache-control')).toContain('no-store')
    expect(headerOf(answer, 'x-content-type-options')).toBe('nosniff')
  }
})

const watch = async (page: Page): Promise<() => Promise<string[]>> => {
  const told: string[] = []
  page.on('console', (message) => {
    if (/content.security.policy|refused to/i.test(message.text())) told.push(message.text())
  })
  await page.addInitScript(() => {
    const list: string[] = []
    Object.assign(window, { violations: list })
    document.addEventListener('securitypolicyviolation', (event) =>
      list.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
    )
  })
  return async () => [...told, ...(await page.evaluate<string[]>('window.violations'))]
}

test('B-6 no page breaks its own policy in a real browser', async ({ app, page, context, member }) => {
  const violations = await watch(page)
  for (const path of ['/', '/sign-in', '/sign-up', '/verify-email', '/verify-email/confirm', '/dev/mail', '/nothing']) {
    await page.goto(path)
    await page.waitForLoadState('networkidle')
    expect(await violations(), path).toEqual([])
  }
  await context.addCookies([...member.client.cookies].map(([name, value]) => ({ name, value, url: app.url })))
  for (const path of ['/dashboard', '/nothing', '/']) {
    await page.goto(path)
    await page.waitForLoadState('networkidle')
    expect(await violations(), path).toEqual([])
  }
})

const injections = [
  '<script>window.hacked = "script"</script>',
  '<script nonce="guessed">window.hacked = "nonce"</script>',
  '<script src="http://127.0.0.1:9/x.js"></script>',
  '<script src="data:text/javascript,window.hacked=1"></script>',
  '<img src="/nothing.png" onerror="window.hacked = 1">',
  '<svg onload="window.hacked = 1"></svg>',
  '<a id="leave" href="javascript:window.hacked=1">x</a>',
  '<iframe srcdoc="<script>parent.hacked = 1</script>"></iframe>',
  '<iframe src="javascript:parent.hacked=1"></iframe>',
  '<base href="http://evil.test/">',
  '<object data="data:text/html,<script>parent.hacked=1</script>"></object>',
  '<form id="away" method="post" action="http://127.0.0.1:9/"><input name="x"></form>',
  '<style>body { display: none }</style>',
]

test('B-6 injected scripts, handlers, frames, bases, styles and forms do nothing', async ({ page }) => {
  const violations = await watch(page)
  await page.route('**/sign-in', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: (await response.text()).replace('</body>', `${injections.join('')}</body>`) })
  })
  await page.goto('/sign-in')
  await page.evaluate(() => {
    document.querySelector<HTMLAnchorElement>('#leave')?.click()
    document.querySelector<HTMLFormElement>('#away')?.submit()
  })
  await page.waitForTimeout(500)
  expect(await page.evaluate('window.hacked')).toBeUndefined()
  expect(await page.evaluate('document.baseURI')).not.toContain('evil.test')
  expect(new URL(page.url()).pathname).toBe('/sign-in')
  expect(await page.evaluate('getComputedStyle(document.body).display')).not.toBe('none')
  const told = (await violations()).join('\n')
  for (const directive of ['script-src-elem', 'script-src-attr', 'base-uri', 'form-action', 'style-src-elem'])
    expect(told).toContain(directive)
})
