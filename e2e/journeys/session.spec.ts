// While one is signed in, and after.
import { signInOnPages, signOutOnPage } from '../fixtures/forms'
import { expect, test } from '../fixtures/test'

test.use({ settings: { ACCESS_TTL: '2s', ROTATION_GRACE: '1s', IDLE_TTL: '6s' } })

const signIn = async (page: import('@playwright/test').Page, email: string) => {
  await page.goto('/sign-in')
  await signInOnPages(page, email)
  await page.waitForURL('**/dashboard')
}

test('an access token that expired is refreshed on the way, and nobody notices', async ({ page, context, member }) => {
  await signIn(page, member.email)
  const before = (await context.cookies()).find(({ name }) => name === 'handstamp-rt')?.value
  await page.waitForTimeout(2_500)
  await page.goto('/dashboard?after=expiry')
  expect(page.url()).toMatch(/\/dashboard\?after=expiry$/)
  expect((await context.cookies()).find(({ name }) => name === 'handstamp-rt')?.value).not.toBe(before)
})

test('a handler refreshes in place', async ({ member }) => {
  const { client } = member
  await new Promise((resolve) => setTimeout(resolve, 2_500))
  const answer = await client.get('/api/auth/session')
  expect(answer.status).toBe(200)
  expect(answer.headers.getSetCookie().some((line) => line.startsWith('handstamp-rt='))).toBe(true)
})

test('a session that was idle too long ends, and the sign-in page says why', async ({ page, member }) => {
  await signIn(page, member.email)
  // No page of ours is open meanwhile: the keeper of one would lead here by itself.
  await page.goto('about:blank')
  await page.waitForTimeout(6_500)
  await page.goto('/dashboard')
  await page.waitForURL('**/sign-in?**')
  await expect(page.getByRole('main')).toContainText('You were away for a while')
  await expect(page.locator('html')).toHaveAttribute('data-auth-reason', 'idle')
  await signInOnPages(page, member.email)
  await page.waitForURL('**/dashboard')
})

test('an old refresh token that comes back after its successor was used ends the session and tells its owner', async ({
  page,
  member,
  mailbox,
}) => {
  const { client, email } = member
  const stolen = client.cookies.get('handstamp-rt') ?? ''
  expect((await client.post('/api/auth/refresh', {})).status).toBe(200)
  // The owner uses the successor, and the grace passes.
  expect((await client.get('/api/auth/session')).status).toBe(200)
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  const thief = await page.request.post('/api/auth/refresh', {
    headers: { cookie: `handstamp-rt=${stolen}`, 'sec-fetch-site': 'same-origin' },
  })
  expect(thief.status()).toBe(401)
  expect(await thief.json()).toMatchObject({ code: 'session_ended', reason: 'reuse' })
  expect((await client.get('/api/auth/session')).status).toBe(401)
  const mail = await mailbox.waitFor(email, 2)
  expect(mail.subject).toBe('We ended one of your sessions')
})

test('after sign-out nothing of the session works, and Back shows nothing of it', async ({
  page,
  context,
  member,
  client,
}) => {
  await signIn(page, member.email)
  for (const { name, value } of await context.cookies()) client.cookies.set(name, value)
  expect((await client.get('/api/auth/session')).status).toBe(200)
  const copy = new Map(client.cookies)
  await signOutOnPage(page)
  expect((await context.cookies()).filter(({ name }) => /-(at|rt|flow)$/.test(name))).toEqual([])
  await page.goBack()
  await expect(page.getByText(member.email)).toHaveCount(0)
  for (const [name, value] of copy) client.cookies.set(name, value)
  expect((await client.get('/api/auth/session')).status).toBe(401)
  expect((await client.get('/dashboard')).text).not.toContain(member.email)
  expect((await client.post('/api/auth/refresh', {})).json).toMatchObject({ code: 'session_ended' })
})

test('sign-out is a post, works twice, and clears what the browser keeps', async ({ member }) => {
  const { client } = member
  const looked = await client.get('/api/auth/sign-out')
  expect(looked.status).toBe(405)
  expect(looked.headers.get('allow')).toBe('POST')
  for (let i = 0; i < 2; i++) {
    const answer = await client.post('/api/auth/sign-out', {})
    expect(answer.status).toBe(204)
    expect(answer.headers.get('clear-site-data')).toBe('"cache", "storage"')
  }
  expect([...client.cookies.keys()]).toEqual(['handstamp-device', 'last-way'])
})

test('the page for a database that does not answer is a 503 that leads back, to nowhere else', async ({ client }) => {
  for (const [next, back] of [
    ['/dashboard', '/dashboard'],
    ['//evil.test', '/dashboard'],
  ]) {
    const answer = await client.get(`/unavailable?next=${encodeURIComponent(next ?? '')}`)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('1')
    expect(answer.text).toContain(`<a href="${back}">Try again</a>`)
  }
})
