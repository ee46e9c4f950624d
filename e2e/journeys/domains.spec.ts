// The app on localhost and a service on 127.0.0.1, which is another site to a browser: docs/domains.md as it is set up there.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Page } from '@playwright/test'
import type { openServiceClient } from '../../examples/browser/service-client.mjs'
import { freePort } from '../fixtures/free-port'
import type { Person } from '../fixtures/person'
import { secretTexts } from '../fixtures/secret-texts'
import { launchService, type Service } from '../fixtures/service'
import { test as base, expect } from '../fixtures/test'

type Elsewhere = {
  ports: { service: number; stranger: number }
  service: Service
  /** A page of an origin that the service does not know. */
  stranger: string
}

const reports = 'urn:example:reports'

const test = base.extend<object, Elsewhere>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what is asked for
  ports: [async ({}, use) => use({ service: await freePort(), stranger: await freePort() }), { scope: 'worker' }],
  settings: [
    async ({ ports }, use) => {
      const origin = `http://127.0.0.1:${ports.service}`
      await use({ SERVICE_AUDIENCES: `${origin}, ${reports}`, CONNECT_ORIGINS: origin })
    },
    { scope: 'worker' },
  ],
  service: [
    async ({ app, ports }, use) => {
      const wellKnown = `${app.url}/.well-known`
      const service = await launchService(
        {
          jwks: `${wellKnown}/jwks.json`,
          issuer: app.url,
          audience: `http://127.0.0.1:${ports.service}`,
          revocations: `${wellKnown}/revocations`,
        },
        [app.url],
        ports.service,
      )
      await use(service)
      await service.close()
    },
    { scope: 'worker' },
  ],
  stranger: [
    async ({ ports }, use) => {
      // It lets its own scripts call whom they like, and lets itself be read by everybody.
      const headers = { 'content-type': 'text/html', 'access-control-allow-origin': '*' }
      const server = createServer((_, answer) => answer.writeHead(200, headers).end('<title>Elsewhere</title>'))
      await new Promise<void>((resolve) => server.listen(ports.stranger, '127.0.0.1', resolve))
      await use(`http://127.0.0.1:${ports.stranger}`)
      server.close()
    },
    { scope: 'worker' },
  ],
})

// A header that a page did not set would be asked for in its preflight, and refused.
test.use({ extraHTTPHeaders: {} })

const source = readFileSync('examples/browser/service-client.mjs', 'utf8').replace(/^export /gm, '')
type Opened = { billing: ReturnType<typeof openServiceClient> }

/** A page of the app with the client of examples/ in it, as an app's own bundle would bring it along. */
const openPage = async (page: Page, person: Person, { url }: Service, audience = url): Promise<void> => {
  await person.addTo(page.context())
  const options = JSON.stringify({ audience, origin: url })
  await page.addInitScript(`(() => {\n${source}\nglobalThis.billing = openServiceClient(${options})\n})()`)
  await page.goto('/dashboard')
}

const callFrom = (page: Page, path = '/') =>
  page.evaluate(async (path) => {
    const outcome = await (globalThis as unknown as Opened).billing.call(path)
    return outcome.is === 'answered' ? { ...outcome, response: await outcome.response.json() } : outcome
  }, path)

const tokenFor = async ({ client }: Person, audience: string): Promise<string> =>
  String((await client.post('/api/auth/token', { audience })).json.access_token)

/** What script can read in this browser, and the page itself. */
const allThatIsKept = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const stored = (await indexedDB.databases()).map(({ name }) => name)
    const globals = Object.getOwnPropertyNames(globalThis).map((name) => {
      try {
        return JSON.stringify((globalThis as unknown as Record<string, unknown>)[name])
      } catch {
        // What cannot be told as JSON, such as the window itself.
        return name
      }
    })
    const caches_ = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()))
    return [
      ...[JSON.stringify(localStorage), JSON.stringify(sessionStorage), JSON.stringify(history.state), window.name],
      ...[document.cookie, location.href, document.documentElement.outerHTML, JSON.stringify(stored)],
      ...[JSON.stringify(caches_), ...globals],
      ...performance.getEntriesByType('resource').map(({ name }) => name),
    ].join('\n')
  })

test('a page gets data of a service on another origin, and keeps the token nowhere', async ({
  page,
  asUser,
  service,
}) => {
  const ann = await asUser()
  const sending: Promise<{ authorization?: string; cookie?: string; referer?: string }>[] = []
  page.on('request', (request) => {
    if (request.url().startsWith(service.url) && request.method() === 'GET')
      sending.push(request.allHeaders().catch(() => ({})))
  })
  let asked = 0
  page.on('request', (request) => {
    if (request.url().endsWith('/api/auth/token')) asked++
  })
  await openPage(page, ann, service)
  expect(await Promise.all([callFrom(page), callFrom(page), callFrom(page)])).toEqual(
    Array(3).fill({ is: 'answered', response: { hello: ann.user.id } }),
  )
  const sent = await Promise.all(sending)
  expect([asked, sent.length]).toEqual([1, 3])
  for (const { authorization, cookie, referer } of sent)
    expect([authorization, cookie, referer]).toEqual([expect.stringMatching(/^Bearer eyJ/), undefined, undefined])
  const token = sent[0]?.authorization?.slice('Bearer '.length) ?? ''
  const kept = await allThatIsKept(page)
  expect(kept).toContain('theme')
  for (const part of [token, ...token.split('.').slice(1)]) expect(kept).not.toContain(part)
  expect(kept).not.toMatch(secretTexts)
  const { cookies, origins } = await page.context().storageState({ indexedDB: true })
  expect(JSON.stringify([origins, cookies.filter(({ httpOnly }) => !httpOnly)])).not.toMatch(secretTexts)
  expect(cookies.map(({ value }) => value)).not.toContain(token)
  expect(cookies.filter(({ domain }) => domain.includes('127.0.0.1'))).toEqual([])
})

test('CORS keeps the page of another origin out, with a good token too', async ({
  app,
  page,
  asUser,
  service,
  stranger,
}) => {
  const ann = await asUser()
  const token = await tokenFor(ann, service.url)
  const bearer = { authorization: `Bearer ${token}` }
  expect((await fetch(service.url, { headers: bearer })).status).toBe(200)
  await page.goto(stranger)
  for (const headers of [bearer, {}] as Record<string, string>[]) {
    const read = page.evaluate(([url, init]) => fetch(url, init).then(({ status }) => status), [
      service.url,
      { headers },
    ] as const)
    await expect(read).rejects.toThrow('Failed to fetch')
  }
  // It can't have a token made either.
  const made = page.evaluate(
    (url) => fetch(url, { method: 'POST', credentials: 'include' }),
    `${app.url}/api/auth/token`,
  )
  await expect(made).rejects.toThrow('Failed to fetch')
})

test('the service allows one origin, to the letter', async ({ app, service, asUser }) => {
  const bearer = { authorization: `Bearer ${await tokenFor(await asUser(), service.url)}` }
  const preflight = { 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' }
  const ask = async (origin: string, method: string, headers: Record<string, string>) => {
    const answer = await fetch(service.url, { method, headers: { ...headers, origin } })
    const cors = [...answer.headers].filter(([name]) => name.startsWith('access-control-'))
    return { status: answer.status, vary: answer.headers.get('vary'), cors: Object.fromEntries(cors) }
  }
  const allow = { 'access-control-allow-origin': app.url }
  expect(await ask(app.url, 'OPTIONS', preflight)).toEqual({
    status: 204,
    vary: 'Origin',
    cors: {
      ...allow,
      'access-control-allow-methods': 'GET',
      'access-control-allow-headers': 'Authorization',
      'access-control-max-age': '600',
    },
  })
  expect(await ask(app.url, 'GET', bearer)).toEqual({ status: 200, vary: 'Origin', cors: allow })
  // Also a refusal can be read: the page must know to ask for a new token.
  expect(await ask(app.url, 'GET', {})).toEqual({ status: 401, vary: 'Origin', cors: allow })
  const strangers = [
    'null',
    '*',
    `${app.url}/`,
    `${app.url}.evil.example`,
    app.url.replace('http', 'https'),
    service.url,
  ]
  for (const origin of [...strangers, `http://evil.localhost:${app.port}`, `http://localhost:${app.port + 1}`]) {
    expect([origin, await ask(origin, 'OPTIONS', preflight)]).toEqual([
      origin,
      { status: 403, vary: 'Origin', cors: {} },
    ])
    expect([origin, await ask(origin, 'GET', bearer)]).toEqual([origin, { status: 200, vary: 'Origin', cors: {} }])
  }
})

test('the service refuses an ended session within seconds, and the page is told', async ({ page, asUser, service }) => {
  const ann = await asUser()
  const token = await tokenFor(ann, service.url)
  const answerTo = async () => (await fetch(service.url, { headers: { authorization: `Bearer ${token}` } })).status
  await openPage(page, ann, service)
  expect(await callFrom(page)).toMatchObject({ is: 'answered' })
  expect(await answerTo()).toBe(200)
  await ann.client.post('/api/auth/sign-out', {})
  await expect.poll(answerTo).toBe(401)
  expect(await callFrom(page)).toEqual({ is: 'signed_out' })
})

test('our policy lets pages call no origin that is not listed', async ({ page, asUser, service, stranger }) => {
  await openPage(page, await asUser(), service)
  const tried = await page.evaluate(async (url) => {
    const violated = new Promise<string>((resolve) =>
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
        once: true,
      }),
    )
    const fetched = await fetch(url).then(
      () => 'let through',
      () => 'blocked',
    )
    return [fetched, await Promise.race([violated, new Promise((resolve) => setTimeout(resolve, 2_000, 'allowed'))])]
  }, stranger)
  expect(tried).toEqual(['blocked', 'connect-src'])
})

test('a token for another audience is refused, and another origin gets none', async ({
  page,
  asUser,
  service,
  stranger,
}) => {
  const ann = await asUser()
  await openPage(page, ann, service, reports)
  expect(await callFrom(page)).toEqual({ is: 'refused', code: 'by_service' })
  await expect(callFrom(page, stranger)).rejects.toThrow(`${stranger} is not ${service.url}`)
  const answer = await fetch(service.url, { headers: { authorization: `Bearer ${await tokenFor(ann, reports)}` } })
  expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer error="invalid_token"'])
})

test('an audience that the app does not know gives the page no token', async ({ page, asUser, service }) => {
  await openPage(page, await asUser(), service, 'https://evil.example')
  expect(await callFrom(page)).toEqual({ is: 'refused', code: 'invalid_target' })
})
