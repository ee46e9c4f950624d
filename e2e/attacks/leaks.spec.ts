// Tokens and personal data stay where they belong: requirements T15 and T16.
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page, Response } from '@playwright/test'
import { password } from '../fixtures/client'
import { decode } from '../fixtures/decode'
import { codeIn, linkIn } from '../fixtures/mailbox'
import { secretTexts } from '../fixtures/secret-texts'
import { expect, test } from '../fixtures/standing'

const mark = () => randomBytes(6).toString('hex')

/** Every reading of a cookie's value that needs no key: itself, unescaped, and each part of it as base64. */
const readings = (value: string): string[] => [
  value,
  decodeURIComponent(value),
  ...value
    .split(/[.*~%]/)
    .flatMap((part) => [Buffer.from(part, 'base64url').toString('utf8'), Buffer.from(part, 'hex').toString('utf8')]),
]

const isText = (response: Response) =>
  /html|javascript|json|x-component|text\/plain|css/.test(response.headers()['content-type'] ?? '')

/** Keeps all that the browser is sent. @returns what it was, once everything has arrived */
const listen = (page: Page): (() => Promise<{ url: string; head: string; body: string }[]>) => {
  const kept: Promise<{ url: string; head: string; body: string }>[] = []
  page.on('response', (response) => {
    const read = async () => {
      const headers = (await response.allHeaders().catch(() => ({}))) as Record<string, string>
      const { 'set-cookie': _, ...rest } = headers
      const body = isText(response) ? await response.text().catch(() => '') : ''
      return { url: response.url(), head: JSON.stringify(rest), body }
    }
    kept.push(read())
  })
  return () => Promise.all(kept)
}

const stored = (page: Page) =>
  page.evaluate(async () => {
    const bases = await indexedDB.databases()
    const caches_ = await caches.keys()
    return JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      bases,
      caches_,
      window.name,
      history.state,
    ])
  })

test('T15, T16 from sign-up to sign-out no token meets a script, a URL or a page, and no cookie names the person', async ({
  app,
  page,
  context,
  mailbox,
}) => {
  // It visits every page and waits for each to fall silent.
  test.setTimeout(90_000)
  const [name, local] = [`Zora${mark()}`, `zora-${mark()}`]
  const email = `${local}@example.com`
  const markers = [name, local, email]
  const heard = listen(page)
  const everyCookie = new Map<string, Set<string>>()
  const noteCookies = async () => {
    for (const cookie of await context.cookies())
      everyCookie.set(cookie.name, (everyCookie.get(cookie.name) ?? new Set()).add(cookie.value))
  }
  const storedTexts: string[] = []
  const look = async () => {
    await page.waitForLoadState('networkidle')
    await noteCookies()
    storedTexts.push(await stored(page))
  }

  await page.goto('/sign-up')
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Email address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.getByRole('heading', { name: 'Check your mail' }).waitFor()
  await look()
  const mail = await mailbox.waitFor(email)
  await page.goto(linkIn(mail))
  await look()
  await page.getByRole('main').getByRole('button').first().click()
  await page.waitForURL('**/dashboard')
  await look()
  for (const path of [
    '/',
    '/sign-in',
    '/sign-up',
    '/verify-email',
    '/dashboard',
    '/dev/mail',
    '/nothing',
    '/api/auth/session',
    '/dashboard?x=1',
  ]) {
    await page.goto(path)
    await look()
    await page.goto('/dashboard')
  }
  // By links, so that the router's own requests are heard as well.
  await page.goto('/')
  await page
    .getByRole('link', { name: /dashboard/i })
    .first()
    .click()
  await page.waitForURL('**/dashboard')
  await look()
  await page.request.post(`${app.url}/api/auth/refresh`, { headers: { 'sec-fetch-site': 'same-origin' }, data: {} })
  await page.goto('/dashboard')
  await look()
  const session = (await context.cookies()).filter(({ name: cookie }) => cookie.startsWith('handstamp-'))
  expect(session.map(({ name: cookie, httpOnly, sameSite }) => [cookie, httpOnly, sameSite]).sort()).toEqual([
    ['handstamp-at', true, 'Lax'],
    ['handstamp-device', true, 'Lax'],
    ['handstamp-rt', true, 'Lax'],
  ])
  await page.getByRole('button', { name: 'Sign out' }).first().click()
  await page.waitForURL((url) => url.pathname === '/')
  await look()

  const answers = await heard()
  expect(answers.length).toBeGreaterThan(20)
  for (const { url, head, body } of answers) {
    for (const text of [url, head, body]) expect(secretTexts.exec(text)?.[0], url).toBeUndefined()
    for (const marker of markers) expect(url).not.toContain(marker)
  }
  for (const { url, body } of answers.filter((answer) => answer.url.includes('/_next/static/'))) {
    for (const marker of markers) expect(body.includes(marker), url).toBe(false)
  }
  for (const text of storedTexts) {
    expect(secretTexts.exec(text)?.[0]).toBeUndefined()
    for (const marker of markers) expect(text).not.toContain(marker)
  }
  expect([...everyCookie.keys()].sort()).toEqual([
    'handstamp-at',
    'handstamp-device',
    'handstamp-flow',
    'handstamp-rt',
    'last-way',
  ])
  for (const [cookie, values] of everyCookie) {
    for (const value of values) {
      expect(`${cookie}=${value}`.length).toBeLessThanOrEqual(4_096)
      for (const reading of readings(value))
        for (const marker of markers) expect(reading.includes(marker), `${cookie} tells of ${marker}`).toBe(false)
    }
  }

  const output = app.output()
  // The way in that was used last is a word, and no secret.
  const tokens = [...everyCookie].flatMap(([cookie, values]) => (cookie === 'last-way' ? [] : [...values]))
  const linkToken = new URL(linkIn(mail)).searchParams.get('token') ?? 'none'
  for (const secret of [
    ...tokens,
    ...tokens.flatMap((token) => token.split('.')).filter((part) => part.length > 30),
    linkToken,
    password,
    ...markers,
    app.authSecret,
  ]) {
    expect(output.includes(secret), `the log holds ${secret.slice(0, 8)}…`).toBe(false)
  }
  expect(output).not.toMatch(new RegExp(`\\b${codeIn(mail)}\\b`))
  expect(output).not.toMatch(secretTexts)
})

test('T15 the claims of an access token are those that were agreed on, and none is about the person', async ({
  member,
}) => {
  const { header, claims } = decode(member.client.cookies.get('handstamp-at') ?? '')
  expect(Object.keys(header).sort()).toEqual(['alg', 'kid', 'typ'])
  expect(Object.keys(claims).sort()).toEqual([
    'amr',
    'aud',
    'auth_time',
    'epoch',
    'exp',
    'gen',
    'iat',
    'iss',
    'jti',
    'roles',
    'sid',
    'sub',
  ])
})

test('T14 the key set holds public parts only', async ({ app }) => {
  const { keys } = (await (await fetch(`${app.url}/.well-known/jwks.json`)).json()) as {
    keys: Record<string, unknown>[]
  }
  expect(keys.length).toBeGreaterThan(0)
  for (const key of keys) expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
})

test('T16 no answer of a handler holds a token outside of Set-Cookie', async ({ client, mailbox, address }) => {
  const answers = [await client.post('/api/auth/sign-up', { name: 'Ann', email: address, password })]
  answers.push(await client.post('/api/auth/verify-email', { code: codeIn(await mailbox.waitFor(address)) }))
  answers.push(
    await client.post('/api/auth/refresh', {}),
    await client.get('/api/auth/session'),
    await client.get('/api/auth/refresh?next=/dashboard'),
  )
  answers.push(
    await client.post('/api/auth/sign-in', { email: address, password }),
    await client.post('/api/auth/sign-out', {}),
  )
  for (const { headers, text } of answers) {
    const others = [...headers].filter(([name]) => name !== 'set-cookie').flat()
    for (const part of [text, ...others]) expect(secretTexts.exec(part)?.[0]).toBeUndefined()
  }
})

test('T16 wrong passwords, codes and links are not repeated to anybody, nor logged', async ({
  app,
  client,
  address,
}) => {
  const typed = `wrong-${mark()}-password`
  const secrets = [typed, '918273', `${mark()}${mark()}${mark()}${mark()}`.slice(0, 43)]
  const [, code, token] = secrets
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const answers = [
    await client.post('/api/auth/sign-in', { email: address, password: typed }),
    await client.post('/api/auth/sign-in', `email=${address}&password=${typed}`, form),
    await client.post('/api/auth/sign-up', `email=not-an-address&password=${typed}&name=`, form),
    await client.post('/api/auth/verify-email', { code }),
    await client.post('/api/auth/verify-email', { token }),
    await client.get(`/verify-email/link?token=${token}`),
  ]
  const shown = await client.get(answers[2]?.headers.get('location') ?? '/sign-up')
  for (const { text, headers } of [...answers, shown]) {
    for (const secret of secrets) expect(`${text}${[...headers].flat().join()}`).not.toContain(secret)
  }
  for (const secret of secrets) expect(app.output()).not.toContain(secret)
})

test('T16 the database holds no token, password, code or private key that can be read', async ({
  app,
  client,
  mailbox,
  address,
}) => {
  await client.post('/api/auth/sign-up', { name: 'Ann', email: address, password })
  const mail = await mailbox.waitFor(address)
  const linkToken = new URL(linkIn(mail)).searchParams.get('token') ?? 'none'
  const during = readdirSync(app.dataDir)
    .map((file) => readFileSync(join(app.dataDir, file)).toString('latin1'))
    .join()
  for (const secret of [linkToken, password]) expect(during).not.toContain(secret)
  await client.post('/api/auth/verify-email', { code: codeIn(mail) })
  const bytes = readdirSync(app.dataDir)
    .map((file) => readFileSync(join(app.dataDir, file)).toString('latin1'))
    .join()
  const tokens = ['handstamp-at', 'handstamp-rt'].map((name) => client.cookies.get(name) ?? '')
  for (const secret of [password, linkToken, app.authSecret, ...tokens, tokens[1]?.split('.')[2] ?? 'none', '"d":"'])
    expect(bytes).not.toContain(secret)
})
