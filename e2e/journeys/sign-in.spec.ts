// Coming back: right and wrong passwords, keep-me, limits, where one wanted to go.
import { hashToken } from '../../lib/auth/mailed-secret'
import { triesMost } from '../../lib/core/sign-in-delay'
import { openClient, password } from '../fixtures/client'
import { signInOnPages, signOutOnPage } from '../fixtures/forms'
import { expect, test } from '../fixtures/test'

test('a gated page leads to sign-in and back to where one wanted to go', async ({ page, member }) => {
  await page.goto('/dashboard?tab=1')
  expect(new URL(page.url()).pathname).toBe('/sign-in')
  await signInOnPages(page, member.email)
  await page.waitForURL('**/dashboard?tab=1')
})

test('a wrong password and an unknown address get the same words', async ({ page, member }) => {
  for (const email of [member.email, `nobody-${member.email}`]) {
    await page.goto('/sign-in')
    await signInOnPages(page, email, 'not the right password')
    await expect(page.getByRole('main').getByRole('alert')).toHaveText(
      'That address and password do not match. Check both and try again.',
    )
    await expect(page.getByRole('main').getByRole('alert')).toBeFocused()
    await expect(page.getByLabel('Email address')).toHaveValue(email)
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue('')
  }
})

test('without "keep me signed in" no cookie outlives the browser', async ({ page, context, member }) => {
  await page.goto('/sign-in')
  await signInOnPages(page, member.email)
  await page.waitForURL('**/dashboard')
  const cookies = (await context.cookies()).filter(({ name }) => /-(at|rt)$/.test(name))
  expect(cookies.map(({ expires }) => expires)).toEqual([-1, -1])
})

test('"keep me signed in" keeps the refresh cookie for thirty days', async ({ page, context, member }) => {
  await page.goto('/sign-in')
  await page.getByLabel('Keep me signed in').check()
  await signInOnPages(page, member.email)
  await page.waitForURL('**/dashboard')
  const refresh = (await context.cookies()).find(({ name }) => name === 'handstamp-rt')
  const days = ((refresh?.expires ?? 0) - Date.now() / 1000) / 86_400
  expect(days).toBeGreaterThan(29.9)
  expect(days).toBeLessThan(30.1)
  // A browser that was closed has lost its session cookies: the one that stays is enough.
  await context.clearCookies({ name: 'handstamp-at' })
  await page.goto('/dashboard')
  expect(new URL(page.url()).pathname).toBe('/dashboard')
})

test('the sixth wrong password is not even looked at, and the page says when to come back', async ({
  page,
  client,
  member,
  clock,
}) => {
  for (let i = 0; i < 5; i++) {
    const answer = await client.post('/api/auth/sign-in', { email: member.email, password: `wrong password ${i}` })
    expect(answer.status).toBe(401)
  }
  const refused = await client.post('/api/auth/sign-in', { email: member.email, password: 'wrong password 6' })
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  // Each more makes it longer: long enough for a slow machine to read the page.
  for (const wait of ['30s', '60s', '2m']) {
    await clock.advance(wait)
    const later = await client.post('/api/auth/sign-in', { email: member.email, password: 'wrong password 7' })
    expect(later.status).toBe(401)
  }
  await page.goto('/sign-in')
  await signInOnPages(page, member.email)
  await expect(page.getByRole('main').getByRole('alert')).toHaveText(/Too many attempts\. Try again in \d minutes\./)
  await clock.advance('4m')
  await signInOnPages(page, member.email)
  await page.waitForURL('**/dashboard')
})

test('the wait is the same for an address that nobody has', async ({ client, address }) => {
  const statuses: number[] = []
  for (let i = 0; i < 6; i++)
    statuses.push((await client.post('/api/auth/sign-in', { email: address, password: 'x'.repeat(20) })).status)
  expect(statuses).toEqual([...Array(5).fill(401), 429])
})

test('R-1, K18 a hundred wrong passwords from elsewhere keep no known browser out, and its owner is told', async ({
  app,
  page,
  address,
  member,
  mailbox,
  clock,
}) => {
  // The browser of `member` is known from here on.
  await page.goto('/sign-in')
  await signInOnPages(page, member.email)
  await page.waitForURL('**/dashboard')
  await signOutOnPage(page)

  const statuses: number[] = []
  for (let i = 0; i < 100; i++) {
    if (i % 9 === 8) await clock.advance('61m')
    const stranger = openClient(app.url, `198.51.100.${i}`)
    statuses.push((await stranger.post('/api/auth/sign-in', { email: address, password: `guess ${i}` })).status)
  }
  expect(new Set(statuses)).toEqual(new Set([401, 429]))
  const stranger = openClient(app.url, '203.0.113.77')
  expect((await stranger.post('/api/auth/sign-in', { email: address, password })).status).toBe(429)

  await page.goto('/sign-in')
  await signInOnPages(page, member.email)
  await page.waitForURL('**/dashboard')
  expect((await mailbox.waitForSubject(address, 'Somebody is trying to guess your password')).text).toContain(
    '/forgot-password',
  )
})

test('R-2 after the last wrong password that counts, the page says which ways are left', async ({
  page,
  records,
  member,
}) => {
  const key = hashToken(`tries of strangers ${member.email}`)
  const { db } = records
  await db.q.insert(db.t.signInFailures).values({ key, failures: triesMost.strange, waitUntil: 0, lastAt: 0 })
  await page.goto('/sign-in')
  await signInOnPages(page, member.email)
  await expect(page.getByRole('main').getByRole('alert')).toHaveText(
    'Too many wrong passwords for this address. Choose a new one by “Forgot your password?”, or sign in with a browser that you have used here before.',
  )
  await expect(page.getByRole('link', { name: 'Forgot your password?' })).toBeVisible()
})

test('someone signed in who opens sign-in is led on', async ({ page, member }) => {
  await page.goto('/sign-in')
  await signInOnPages(page, member.email)
  await page.waitForURL('**/dashboard')
  await page.goto('/sign-in?next=/dashboard?from=sign-in')
  expect(page.url()).toMatch(/\/dashboard\?from=sign-in$/)
})

test('signing in again gives a new session, and the one before it is over', async ({ member }) => {
  const { client, email } = member
  const before = client.header()
  const first = (await client.get('/api/auth/session')).json.session
  const again = await client.post('/api/auth/sign-in', { email, password: 'correct horse battery staple' })
  expect(again.json.session).not.toEqual(first)
  client.cookies.clear()
  expect((await client.get('/api/auth/session', { cookie: before })).status).toBe(401)
})

test('a demo session is one click, and goes with sign-out', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('button', { name: 'Try it with a demo session' }).first().click()
  await page.waitForURL('**/dashboard')
  await expect(page.getByRole('main')).toContainText('Demo visitor')
  await signOutOnPage(page)
})
