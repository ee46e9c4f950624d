// Where `next` may lead: catalogue 2.I (I13–I15).
import { leadsTo } from '../fixtures/answer'
import { openClient, password, signUpBy } from '../fixtures/client'
import { sendQuietly } from '../fixtures/door-table'
import { sendPost } from '../fixtures/posts'
import { rawRequest } from '../fixtures/raw'
import { expect, test } from '../fixtures/standing'

const form = 'application/x-www-form-urlencoded'

const leaving = [
  '//evil.test',
  '///evil.test',
  '/\\evil.test',
  '\\\\evil.test',
  '/\t/evil.test',
  '/\n/evil.test',
  '\t//evil.test',
  'http:evil.test',
  'http://evil.test',
  'https://localhost@evil.test',
  'https://localhost.evil.test',
  '//localhost:80@evil.test',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,x',
  '/..//evil.test',
  '/.//evil.test',
  '/a/..//evil.test',
  '/./\\evil.test',
  ' //evil.test',
  '\u0000//evil.test',
  '/\u0000/evil.test',
  '.evil.test',
  '@evil.test',
  'evil.test',
  '/\r\nLocation: http://evil.test',
  '%2f%2fevil.test',
  '\u2215\u2215evil.test',
  '/\u3000/evil.test',
  'http:///evil.test',
  'https:/evil.test',
  '?next=//evil.test',
  '#//evil.test',
  '/api/auth/sign-out',
  '/api/theme',
  '/sign-in',
  '/SIGN-IN?x',
  '/sign-up',
  '/.well-known/jwks.json',
  '',
  ' ',
  `/${'x'.repeat(10_000)}`,
  '/%0d%0aSet-Cookie:x=1/..//evil.test',
]
// One person signs in more often here than a user may have sessions.
test.use({ settings: { MAX_SESSIONS: '1000' } })

const staying: [string, string][] = [
  ['/dashboard', '/dashboard'],
  ['/dashboard?a=b&c=//d', '/dashboard?a=b&c=//d'],
  ['/%09/evil.test', '/%09/evil.test'],
  ['/%2f/evil.test', '/%2f/evil.test'],
  ['/%5cevil.test', '/%5cevil.test'],
  ['/@evil.test', '/@evil.test'],
  ['/a/../dashboard', '/dashboard'],
  ['/dashboard#x', '/dashboard'],
]

const stays = (location: string): boolean =>
  /^\/(?![/\\])[\x21-\x7e]*$/.test(location) &&
  new URL(location, 'http://localhost').pathname.startsWith('/') &&
  !new URL(location, 'http://localhost').pathname.startsWith('//')

test('I13, I14 a sign-in form leads to a path of ours, whatever `next` says', async ({ app, member }) => {
  const signIn = async (next: string): Promise<[number, string]> => {
    const body = `${new URLSearchParams({ email: member.email, password })}&${next}`
    const answer = await sendPost(
      app,
      '/api/auth/sign-in',
      ['Sec-Fetch-Site: same-origin', 'X-Forwarded-For: 10.77.0.1'],
      body,
      form,
    )
    return [answer.status, leadsTo(answer, app.port)]
  }
  const field = (next: string) => `next=${encodeURIComponent(next)}`
  // Each costs a password hash, so one test signs in for several at a time.
  const results: [string, number, string][] = []
  for (const next of [
    ...leaving.map(field),
    'next=/dashboard&next=//evil.test',
    'next[]=//evil.test',
    'next=%',
    'next=%zz',
    'next=%E0%A4%A',
  ])
    results.push([next.slice(0, 60), ...(await signIn(next))])
  expect(results.filter(([, status, location]) => status !== 303 || !stays(location))).toEqual([])
  expect(
    results.filter(([, , location]) => location !== '/dashboard').map(([next, , location]) => [next, location]),
  ).toEqual([])
  for (const [next, location] of staying) expect(await signIn(field(next))).toEqual([303, location])
})

test('I13, I14 a refresh leads to a path of ours, whatever `next` says', async ({ app, member }) => {
  const refresh = async (query: string): Promise<[number, string]> => {
    const answer = await sendQuietly(
      app.port,
      rawRequest('GET', `/api/auth/refresh?${query}`, app.port, [`Cookie: ${member.client.header()}`]),
    )
    return [answer.status, leadsTo(answer, app.port)]
  }
  const results: [string, number, string][] = []
  for (const query of [
    ...leaving.map((next) => `next=${encodeURIComponent(next)}`),
    'next=//evil.test&next=/dashboard',
    'next[]=//evil.test',
    'next=%',
    'next=%zz',
    'next=%E0%A4%A',
    'NEXT=//evil.test',
    '',
  ]) {
    results.push([query.slice(0, 60), ...(await refresh(query))])
  }
  expect(results.filter(([, status, location]) => status !== 307 || location !== '/dashboard')).toEqual([])
  for (const [next, location] of staying)
    expect(await refresh(`next=${encodeURIComponent(next)}`)).toEqual([307, location])
})

test('I13, I14 without a session a refresh, the gate and the theme lead nowhere else either', async ({ app }) => {
  for (const next of leaving) {
    const encoded = encodeURIComponent(next)
    const ended = await sendQuietly(app.port, rawRequest('GET', `/api/auth/refresh?next=${encoded}`, app.port))
    expect([next.slice(0, 40), ended.status]).toEqual([next.slice(0, 40), 303])
    expect(leadsTo(ended, app.port)).toMatch(/^\/sign-in\?next=%2Fdashboard&flash=[\w-]+$/)
    const themed = await sendPost(
      app,
      '/api/theme',
      ['Sec-Fetch-Site: same-origin'],
      `theme=dark&next=${encoded}`,
      form,
    )
    expect(stays(leadsTo(themed, app.port)), next).toBe(true)
    const guest = await sendQuietly(
      app.port,
      rawRequest('GET', `/sign-in?next=${encoded}`, app.port, [
        `Cookie: handstamp-rt=AAECAwQFBgcICQoLDA0ODw.1.${'A'.repeat(43)}`,
      ]),
    )
    expect([307, 431]).toContain(guest.status)
    if (guest.status === 307) expect(leadsTo(guest, app.port)).toMatch(/^\/api\/auth\/refresh\?next=[^/\\]*$/)
  }
})

test('I13 somebody who is signed in is led from the sign-in page to a path of ours', async ({ app, member }) => {
  for (const next of leaving.filter((text) => text.length < 1_000)) {
    const answer = await sendQuietly(
      app.port,
      rawRequest('GET', `/sign-in?next=${encodeURIComponent(next)}`, app.port, [`Cookie: ${member.client.header()}`]),
    )
    expect([next, answer.status, leadsTo(answer, app.port)]).toEqual([next, 307, '/dashboard'])
  }
})

test('I15 `next` comes back as text only', async ({ app }) => {
  for (const next of [
    '/"><script>alert(1)</script>',
    "/'><img src=x onerror=alert(1)>",
    '/</script><script>alert(1)</script>',
    '/x" onfocus="alert(1)" autofocus="',
    '/{{7*7}}',
    '/--><svg onload=alert(1)>',
  ]) {
    for (const path of ['/sign-in', '/sign-up']) {
      const answer = await sendQuietly(
        app.port,
        rawRequest('GET', `${path}?next=${encodeURIComponent(next)}&flash=${encodeURIComponent(next)}`, app.port),
      )
      expect(answer.status).toBe(200)
      for (const live of ['<script>alert', '<img src=x', '<svg onload', 'onfocus="alert'])
        expect(answer.body, next).not.toContain(live)
    }
  }
})

test('I13 a link to sign-in with a foreign `next` leads a person home, in a real browser', async ({
  app,
  page,
  mailbox,
  address,
}) => {
  await signUpBy(openClient(app.url, '10.78.0.2'), mailbox, address)
  await page.goto('/sign-in?next=//evil.test/%2e%2e')
  await page.getByLabel('Email address').fill(address)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL('**/dashboard')
  expect(new URL(page.url()).origin).toBe(app.url)
})
