// The keeper at work in several tabs: refresh ahead of time, sign-out everywhere, somebody else, and a warning in time.
import { gzipSync } from 'node:zlib'
import type { BrowserContext, Page } from '@playwright/test'
import { password } from '../fixtures/client'
import { signOutOnPage } from '../fixtures/forms'
import { keeperMark, keeperOf, openTab, signInKept } from '../fixtures/kept'
import { expect, test } from '../fixtures/test'

test.use({ settings: { ACCESS_TTL: '8s', ROTATION_GRACE: '2s', IDLE_TTL: '20s' } })

// Idle ends take their time.
test.beforeEach(() => test.setTimeout(60_000))

const refreshCookie = async (context: BrowserContext) =>
  (await context.cookies()).find(({ name }) => name === 'handstamp-rt')?.value

const countRefreshes = (context: BrowserContext): { count: number } => {
  const seen = { count: 0 }
  context.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/auth/refresh')) seen.count++
  })
  return seen
}

const warning = (page: Page) => page.getByRole('dialog', { name: 'Are you still there?' })

test('tokens are refreshed ahead of time, by one of several tabs, and it is no activity', async ({
  page,
  context,
  member,
}) => {
  await signInKept(page, member.email)
  await openTab(context)
  await openTab(context)
  const before = await refreshCookie(context)
  const refreshes = countRefreshes(context)
  await expect.poll(() => refreshes.count, { timeout: 9000 }).toBeGreaterThan(0)
  await page.waitForTimeout(2500)
  expect(refreshes.count).toBe(1)
  expect(await refreshCookie(context)).not.toBe(before)
  // Twenty seconds after the person's last request the warning is there, whatever the keeper did meanwhile.
  await page.bringToFront()
  await expect(warning(page)).toBeVisible({ timeout: 15_000 })
})

test('the warning comes in time, counts down, and one key keeps the session in every tab', async ({
  page,
  context,
  member,
}) => {
  await signInKept(page, member.email)
  const other = await openTab(context)
  await page.bringToFront()
  await expect(warning(page)).toBeVisible({ timeout: 18_000 })
  await expect(warning(other)).toBeVisible()
  const shown = warning(page).locator('[data-left]')
  await expect(shown).toHaveText(/^0:0[2-5]$/)
  const first = await shown.innerText()
  await expect(shown).not.toHaveText(first)
  await expect(warning(page).getByRole('status')).toHaveText(/\d seconds left/)
  await expect(page.getByRole('button', { name: 'Stay signed in' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(warning(page)).toBeHidden()
  await expect(warning(other)).toBeHidden()
  await page.waitForTimeout(6000)
  expect((await page.request.get('/api/auth/session', { headers: { 'x-handstamp-background': '1' } })).status()).toBe(
    200,
  )
  await expect(page).toHaveURL(/\/dashboard$/)
})

test('a session that idles out leads to a page that says why', async ({ page, member }) => {
  await signInKept(page, member.email)
  await page.waitForURL('**/sign-in?**', { timeout: 25_000 })
  await expect(page.getByRole('main')).toContainText('You were away for a while')
})

test('what is typed stays when a session idles out, and the person signs in again in place', async ({
  page,
  member,
}) => {
  await signInKept(page, member.email)
  await page.evaluate(() => document.querySelector('main')?.append(document.createElement('textarea')))
  await page.locator('main textarea').fill('Half a letter')
  const dialog = page.getByRole('dialog', { name: 'Sign in again' })
  await expect(dialog).toBeVisible({ timeout: 25_000 })
  await dialog.getByLabel('Your password').fill(password)
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(page.locator('main textarea')).toHaveValue('Half a letter')
  expect((await page.request.get('/api/auth/session')).status()).toBe(200)
})

test('a server that does not answer for a while signs nobody out, and says nothing', async ({ page, member }) => {
  await page.route('**/api/auth/{session,refresh}', (route) => route.fulfill({ status: 503, body: '{}' }))
  await signInKept(page, member.email)
  await page.waitForTimeout(9000)
  await expect(page).toHaveURL(/\/dashboard$/)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.unroute('**/api/auth/{session,refresh}')
  await expect.poll(() => page.evaluate(() => fetch('/api/auth/session').then(({ status }) => status))).toBe(200)
})

test('a sign-out in one tab shows in all of them', async ({ page, context, member }) => {
  await signInKept(page, member.email)
  const others = [await openTab(context), await openTab(context)]
  await page.bringToFront()
  await signOutOnPage(page)
  for (const other of others) {
    await other.waitForURL((url) => url.pathname === '/', { timeout: 3000 })
    await expect(other.getByText(member.email)).toHaveCount(0)
    await other.goBack().catch(() => null)
    await expect(other.getByText(member.email)).toHaveCount(0)
  }
})

test('when somebody else signs in, other tabs show theirs', async ({ page, context, member }) => {
  await signInKept(page, member.email)
  await expect(page.getByRole('main')).toContainText(member.email)
  const other = await context.newPage()
  await other.goto('/')
  const reloaded = page.waitForEvent('load')
  await other.evaluate(async () => {
    await fetch('/api/auth/demo', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
  })
  await other.goto('/dashboard')
  await reloaded
  await expect(page.getByRole('main')).toContainText('Demo visitor')
})

test('what is typed is not thrown away when somebody else signs in, but it goes nowhere', async ({
  page,
  context,
  member,
}) => {
  await signInKept(page, member.email)
  await page.evaluate(() => document.querySelector('main')?.append(document.createElement('textarea')))
  await page.locator('main textarea').fill('Half a letter')
  const other = await context.newPage()
  await other.goto('/')
  await other.evaluate(async () => {
    await fetch('/api/auth/demo', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
  })
  await other.goto('/dashboard')
  const dialog = page.getByRole('dialog', { name: 'Somebody else is signed in now' })
  await expect(dialog).toBeVisible()
  await expect(page.locator('main textarea')).toHaveValue('Half a letter')
  await expect(dialog.getByRole('button', { name: 'Back to what I typed' })).toBeFocused()
  await dialog.getByRole('button', { name: 'Load the page again' }).click()
  await expect(page.getByRole('main')).toContainText('Demo visitor')
})

test('a page that the back button brings back is covered until it is known whose it is', async ({
  page,
  context,
  member,
}) => {
  await signInKept(page, member.email)
  const comeBack = () =>
    page.evaluate(() => {
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
      return document.body.hidden
    })
  expect(await comeBack()).toBe(true)
  await expect(page.getByRole('main')).toContainText(member.email)
  await context.clearCookies()
  expect(await comeBack()).toBe(true)
  await page.waitForURL('**/sign-in?**')
  await expect(page.getByText(member.email)).toHaveCount(0)
})

test('a call that is refused for want of a session is sent once more, with its body', async ({ page, member }) => {
  await signInKept(page, member.email)
  // Step-up is the keeper's own call through keptFetch.
  const bodies: (string | null)[] = []
  await page.route('**/api/auth/reauthenticate', async (route) => {
    bodies.push(route.request().postData())
    if (bodies.length > 1) return route.continue()
    return route.fulfill({ status: 401, contentType: 'application/problem+json', body: '{"code":"unauthenticated"}' })
  })
  await page.evaluate(() => {
    const form = document.createElement('form')
    form.method = 'post'
    form.action = '/api/theme'
    form.dataset.fresh = ''
    form.innerHTML = '<button name="theme" value="dark">Change</button>'
    document.querySelector('main')?.append(form)
  })
  await page.route('**/api/auth/session', async (route) => {
    const response = await route.fetch()
    const answer = await response.json()
    answer.session.authTime = new Date(0).toISOString()
    await route.fulfill({ response, json: answer })
  })
  await page.getByRole('button', { name: 'Change' }).click()
  await page.getByRole('dialog').getByLabel('Your password').fill(password)
  await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  expect(bodies).toEqual([JSON.stringify({ password }), JSON.stringify({ password })])
})

test('without locks, channels and the keeper itself everything works', async ({ page, context, member }) => {
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'locks', { value: undefined })
    delete (globalThis as { BroadcastChannel?: unknown }).BroadcastChannel
  })
  await signInKept(page, member.email)
  const before = await refreshCookie(context)
  await expect.poll(() => refreshCookie(context), { timeout: 9000 }).not.toBe(before)
  const bare = await context.newPage()
  await bare.route('**/*.js', async (route) => {
    const response = await route.fetch()
    return (await response.text()).includes(keeperMark) ? route.abort() : route.fulfill({ response })
  })
  await bare.goto('/dashboard')
  await bare.waitForTimeout(500)
  await signOutOnPage(bare)
})

test('the keeper is a script of its own, below 6 KB, that pages without a session do not load', async ({
  page,
  member,
}) => {
  const scripts = new Map<string, string>()
  page.on('response', async (response) => {
    if (response.url().endsWith('.js')) scripts.set(response.url(), await response.text())
  })
  await page.goto('/')
  await page.waitForLoadState('networkidle')
  const bare = new Set(scripts.keys())
  expect([...scripts.values()].join('')).not.toContain(keeperMark)
  await page
    .context()
    .addCookies([...member.client.cookies].map(([name, value]) => ({ name, value, domain: 'localhost', path: '/' })))
  const loaded = keeperOf(page)
  await page.goto('/')
  await loaded
  await page.waitForLoadState('networkidle')
  const added = [...scripts].filter(([url]) => !bare.has(url))
  expect(added.length).toBeGreaterThan(0)
  const bytes = added.reduce((sum, [, text]) => sum + gzipSync(text).length, 0)
  expect(bytes).toBeLessThan(6 * 1024)
})
