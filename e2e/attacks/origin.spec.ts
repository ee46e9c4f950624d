// Requests that come from elsewhere: catalogue 2.I. 127.0.0.1 and localhost are two sites to a browser.
import { createServer } from 'node:http'
import type { Page } from '@playwright/test'
import { headerOf } from '../fixtures/answer'
import { openClient, password } from '../fixtures/client'
import { sendQuietly } from '../fixtures/door-table'
import { posts, sendPost } from '../fixtures/posts'
import { rawRequest } from '../fixtures/raw'
import { expect, test } from '../fixtures/standing'

/** A page on another site. */
const openElsewhere = async (html: string): Promise<{ origin: string; close: () => void }> => {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html>${html}`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    origin: `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`,
    close: () => server.close(),
  }
}

const form = (action: string, type: string, fields: Record<string, string>) =>
  `<form method="post" enctype="${type}" action="${action}">${Object.entries(fields)
    .map(([name, value]) => `<input name="${name}" value="${value}">`)
    .join('')}<button>Go</button></form>`

/** Presses the button of a page elsewhere. @returns the status of what comes of it */
const postFromElsewhere = async (page: Page, html: string): Promise<number> => {
  const elsewhere = await openElsewhere(html)
  // Chromium calls both loopback names local; headers that the tests add would not be there in an attack.
  await page.setExtraHTTPHeaders({})
  await page.goto(elsewhere.origin)
  const [response] = await Promise.all([
    page.waitForResponse((answer) => answer.request().method() === 'POST'),
    page.getByRole('button').click(),
  ])
  elsewhere.close()
  return response.status()
}

const types = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']

for (const type of types) {
  test(`I05 a post of the attacker's credentials as ${type} signs nobody in`, async ({
    app,
    page,
    context,
    member,
  }) => {
    const html = form(`${app.url}/api/auth/sign-in`, type, { email: member.email, password })
    expect(await postFromElsewhere(page, html)).toBe(403)
    expect((await context.cookies()).filter(({ name }) => name.startsWith('handstamp-'))).toEqual([])
  })

  test(`I01, I06 a sign-out from elsewhere as ${type} ends nothing`, async ({ app, page, context, member }) => {
    const cookies = [...member.client.cookies].map(([name, value]) => ({
      name,
      value,
      url: app.url,
      httpOnly: true,
      sameSite: 'Lax' as const,
    }))
    await context.addCookies(cookies)
    expect(await postFromElsewhere(page, form(`${app.url}/api/auth/sign-out`, type, { x: '1' }))).toBe(403)
    expect((await member.client.get('/api/auth/session')).status).toBe(200)
    expect((await context.cookies(app.url)).map(({ name }) => name).sort()).toEqual([
      'handstamp-at',
      'handstamp-device',
      'handstamp-rt',
      'last-way',
    ])
    await page.goto(`${app.url}/dashboard`)
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Ann Example')
  })

  test(`I07 a sign-up from elsewhere as ${type} sends no mail`, async ({ app, page, mailbox, address }) => {
    expect(
      await postFromElsewhere(
        page,
        form(`${app.url}/api/auth/sign-up`, type, { name: 'Ann', email: address, password }),
      ),
    ).toBe(403)
    await page.waitForTimeout(300)
    expect(await mailbox.all(address)).toEqual([])
  })
}

test('C-2 a cross-site post carries no session cookie: SameSite holds it back', async ({
  app,
  page,
  context,
  member,
}) => {
  await context.addCookies(
    [...member.client.cookies].map(([name, value]) => ({ name, value, url: app.url, sameSite: 'Lax' as const })),
  )
  const elsewhere = await openElsewhere(form(`${app.url}/api/auth/sign-out`, types[0] ?? '', {}))
  await page.goto(elsewhere.origin)
  const [request] = await Promise.all([
    page.waitForRequest((asked) => asked.method() === 'POST'),
    page.getByRole('button').click(),
  ])
  elsewhere.close()
  const headers = await request.allHeaders()
  expect(headers.cookie).toBeUndefined()
  expect(headers['sec-fetch-site']).toBe('cross-site')
})

test('I02, I06 fetch without CORS, beacons, images, prefetches and frames from elsewhere change nothing', async ({
  app,
  page,
  context,
  member,
}) => {
  await context.addCookies(
    [...member.client.cookies].map(([name, value]) => ({ name, value, url: app.url, sameSite: 'Lax' as const })),
  )
  const elsewhere =
    await openElsewhere(`<link rel="prefetch" href="${app.url}/api/auth/sign-out"><img src="${app.url}/api/auth/sign-out"><iframe src="${app.url}/api/auth/sign-out"></iframe><iframe src="${app.url}/dashboard"></iframe>
    <object data="${app.url}/dashboard"></object><script>window.done = Promise.all([fetch('${app.url}/api/auth/sign-out', { method: 'POST', mode: 'no-cors', credentials: 'include' }).catch(() => 0), navigator.sendBeacon('${app.url}/api/auth/sign-out', 'x'),
    fetch('${app.url}/api/auth/session', { credentials: 'include' }).then(() => window.read = true, () => 0)])</script>`)
  await page.goto(elsewhere.origin)
  await page.evaluate('window.done')
  await page.waitForTimeout(500)
  expect(await page.evaluate('window.read')).toBeUndefined()
  const framed = await Promise.all(
    page
      .frames()
      .slice(1)
      .map(async (frame) => (await frame.content().catch(() => '')).includes(member.email)),
  )
  elsewhere.close()
  expect(framed).not.toContain(true)
  expect((await member.client.get('/api/auth/session')).status).toBe(200)
})

const foreign: [name: string, headers: (port: number) => string[]][] = [
  ['I03 no sign at all', () => []],
  ['I03 a Referer alone', (port) => [`Referer: http://localhost:${port}/sign-in`]],
  ['I03 an empty Origin', () => ['Origin:']],
  ['I04 Origin: null', () => ['Origin: null']],
  ['I04 Origin: null as cross-site', () => ['Origin: null', 'Sec-Fetch-Site: cross-site']],
  ['I04 a site that begins like ours', (port) => [`Origin: http://localhost:${port}.evil.test`]],
  ['I04 a site that ends like ours', (port) => [`Origin: http://evil-localhost:${port}`]],
  ['I04 another port', (port) => [`Origin: http://localhost:${port + 1}`]],
  ['I04 no port', () => ['Origin: http://localhost']],
  ['I04 https for http', (port) => [`Origin: https://localhost:${port}`]],
  ['I04 upper case', (port) => [`Origin: HTTP://LOCALHOST:${port}`]],
  ['I04 a trailing dot', (port) => [`Origin: http://localhost.:${port}`]],
  ['I04 a trailing slash', (port) => [`Origin: http://localhost:${port}/`]],
  ['I04 a user in it', (port) => [`Origin: http://localhost:${port}@evil.test`]],
  ['I04 two origins in one header', (port) => [`Origin: http://evil.test http://localhost:${port}`]],
  ['I04 two Origin headers', (port) => ['Origin: http://evil.test', `Origin: http://localhost:${port}`]],
  ['I04 our origin, but cross-site', (port) => [`Origin: http://localhost:${port}`, 'Sec-Fetch-Site: cross-site']],
  ['I04 our origin, but same-site', (port) => [`Origin: http://localhost:${port}`, 'Sec-Fetch-Site: same-site']],
  ['I04 same-site alone', () => ['Sec-Fetch-Site: same-site']],
  ['I04 none alone', () => ['Sec-Fetch-Site: none']],
  ['I04 same-origin from elsewhere', () => ['Origin: http://evil.test', 'Sec-Fetch-Site: same-origin']],
  ['I04 Sec-Fetch-Site in capitals', () => ['Sec-Fetch-Site: SAME-ORIGIN']],
  ['I04 Sec-Fetch-Site twice', () => ['Sec-Fetch-Site: same-origin', 'Sec-Fetch-Site: cross-site']],
  [
    'I09 an Origin that X-Forwarded-Host agrees with',
    () => ['Origin: http://evil.test', 'X-Forwarded-Host: evil.test'],
  ],
  ['I09 an Origin that Forwarded agrees with', () => ['Origin: http://evil.test', 'Forwarded: host=evil.test']],
  ['I11 Authorization beside cookies', () => ['Authorization: Bearer x', 'Cookie: theme=dark']],
]

for (const [name, headers] of foreign) {
  test(`${name}: 403 from every handler, and the session lives on`, async ({ app, member }) => {
    const cookie = `Cookie: ${member.client.header()}`
    for (const path of posts) {
      for (const type of ['application/json', types[0] ?? '']) {
        const answer = await sendPost(
          app,
          path,
          name.startsWith('I11') ? headers(app.port) : [cookie, ...headers(app.port)],
          type === types[0] ? 'theme=dark' : '{"theme":"dark"}',
          type,
        )
        expect([path, type, answer.status]).toEqual([path, type, 403])
        expect(answer.body).toContain('forbidden_origin')
        expect(headerOf(answer, 'set-cookie')).toBe('')
      }
    }
    expect((await member.client.get('/api/auth/session')).status).toBe(200)
  })
}

test('our own pages get through: by Origin, by Sec-Fetch-Site, by both', async ({ app }) => {
  const own: string[][] = [
    [`Origin: http://localhost:${app.port}`],
    ['Sec-Fetch-Site: same-origin'],
    [`Origin: http://localhost:${app.port}`, 'Sec-Fetch-Site: same-origin'],
    ['Origin: null', 'Sec-Fetch-Site: same-origin'],
  ]
  for (const headers of own) expect((await sendPost(app, '/api/theme', headers, '{"theme":"dark"}')).status).toBe(204)
})

test('I16, B-5 other origins may read the key set and nothing else', async ({ app }) => {
  const cors = ['Access-Control-Request-Method: POST', 'Access-Control-Request-Headers: content-type,authorization']
  for (const origin of ['http://evil.test', 'null', `http://localhost:${app.port}`, 'http://127.0.0.1']) {
    for (const path of [...posts, '/api/auth/session', '/dashboard', '/', '/api/health/live', '/nothing']) {
      for (const [method, extra] of [
        ['OPTIONS', cors],
        ['GET', []],
      ] as const) {
        const { head } = await sendQuietly(
          app.port,
          rawRequest(method, path, app.port, [`Origin: ${origin}`, ...extra]),
        )
        expect(head.toLowerCase(), `${method} ${path} for ${origin}`).not.toContain('access-control-allow')
      }
    }
    const preflight = await sendQuietly(
      app.port,
      rawRequest('OPTIONS', '/.well-known/jwks.json', app.port, [
        `Origin: ${origin}`,
        'Access-Control-Request-Method: GET',
      ]),
    )
    expect([
      headerOf(preflight, 'access-control-allow-origin'),
      headerOf(preflight, 'access-control-allow-methods'),
      headerOf(preflight, 'access-control-allow-credentials'),
    ]).toEqual(['*', 'GET, HEAD', ''])
  }
})

test('I17 a foreign Host is turned away from everything but documents for machines', async ({ app, member }) => {
  for (const host of [
    'evil.test',
    `evil.test:${app.port}`,
    '169.254.169.254',
    `localhost.evil.test:${app.port}`,
    `localhost.:${app.port}`,
    '0.0.0.0',
    '[::]',
    `evil.test#localhost:${app.port}`,
  ]) {
    for (const path of ['/', '/dashboard', '/api/auth/session', '/sign-in', '/dev/mail', '/nothing']) {
      const bytes = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nCookie: ${member.client.header()}\r\n\r\n`
      const answer = await sendQuietly(app.port, bytes)
      expect([400, 421], `${host} ${path}`).toContain(answer.status)
      expect(answer.body).not.toContain(member.email)
    }
  }
  const rebound = openClient(app.url, '10.78.0.1')
  expect((await rebound.get('/api/health/live')).status).toBe(200)
})
