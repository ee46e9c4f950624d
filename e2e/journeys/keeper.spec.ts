// The keeper at work in several tabs: refresh ahead of time, sign-out everywhere, somebody else, and a warning in time.
import { gzipSync } from 'node:zlib'
import type { BrowserContext, Page } from '@playwright/test'
import { password } from '../fixtures/client'
import { signOutOnPage } from '../fixtures/forms'
import { gotoKept, keeperMark, openTab, signInKept } from '../fixtures/kept'
import { expect, test } from '../fixtures/test'

const refreshCookie = async (context: BrowserContext) =>
  (await context.cookies()).find(({ name }) => name === 'handstamp-rt')?.value

const countRefreshes = (context: BrowserContext): { count: number } => {
  const seen = { count: 0 }
  context.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/auth/refresh')) seen.count++
  })
  return seen
}

/** The idle end as the server has it, asked without being active. */
const idleEndOf = async (page: Page): Promise<string> => {
  const answer = await page.request.get('/api/auth/session', { headers: { 'x-handstamp-background': '1' } })
  return (await answer.json()).session.idleExpiresAt
}

test('tokens are refreshed ahead of time, by one of several tabs, and it is no activity', async ({
  page,
  context,
  clock,
  member,
}) => {
  await signInKept(page, member.email)
  await openTab(context)
  await openTab(context)
  const [cookie, idleEnd] = [await refreshCookie(context), await idleEndOf(page)]
  const refreshes = countRefreshes(context)
  // The refresh is due by now; the rest of the token's life is left for a slow machine.
  await clock.advance('266s')
  await expect.poll(() => refreshes.count).toBe(1)
  await expect.poll(() => refreshCookie(context)).not.toBe(cookie)
  await page.waitForTimeout(1000)
  expect(refreshes.count).toBe(1)
  expect(await idleEndOf(page)).toBe(idleEnd)
})

test('what is typed stays when a session idles out, and the person signs in again in place', async ({
  page,
  clock,
  member,
}) => {
  await signInKept(page, member.email)
  await page.evaluate(() => document.querySelector('main')?.append(document.createElement('textarea')))
  await page.locator('main textarea').fill('Half a letter')
  await clock.advance('61m')
  const dialog = page.getByRole('dialog', { name: 'Sign in again' })
  await expect(dialog).toBeVisible()
  await dialog.getByLabel('Your password').fill(password)
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(page.locator('main textarea')).toHaveValue('Half a letter')
  expect((await page.request.get('/api/auth/session')).status()).toBe(200)
})

test('a server that does not answer for a while signs nobody out, and says nothing', async ({
  page,
  clock,
  member,
}) => {
  await signInKept(page, member.email)
  let asked = 0
  await page.route('**/api/auth/{session,refresh}', (route) => {
    asked++
    return route.fulfill({ status: 503, body: '{}' })
  })
  for (const by of ['266s', '60s', '59m']) {
    const before = asked
    await clock.advance(by)
    await expect.poll(() => asked).toBeGreaterThan(before)
    await expect(page).toHaveURL(/\/dashboard$/)
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
})

test('a sign-out in one tab shows in all of them', async ({ page, context, member }) => {
  await signInKept(page, member.email)
  const others = [await openTab(context), await openTab(context)]
  await page.bringToFront()
  await signOutOnPage(page)
  for (const other of others) {
    await expect(other).toHaveURL((url) => url.pathname === '/')
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
  await expect(page).toHaveURL(/\/sign-in\?/)
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

test('without locks, channels and the keeper itself everything works', async ({ page, context, clock, member }) => {
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'locks', { value: undefined })
    delete (globalThis as { BroadcastChannel?: unknown }).BroadcastChannel
  })
  await signInKept(page, member.email)
  const before = await refreshCookie(context)
  await clock.advance('266s')
  await expect.poll(() => refreshCookie(context)).not.toBe(before)
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
  const loading = new Map<string, Promise<string>>()
  page.on('response', (response) => {
    if (response.url().endsWith('.js')) loading.set(response.url(), response.text())
  })
  const scripts = () => Promise.all([...loading].map(async ([url, text]) => [url, await text] as const))
  await page.goto('/')
  await page.waitForLoadState('networkidle')
  const bare = new Map(await scripts())
  expect([...bare.values()].join('')).not.toContain(keeperMark)
  await page
    .context()
    .addCookies([...member.client.cookies].map(([name, value]) => ({ name, value, domain: 'localhost', path: '/' })))
  await gotoKept(page, '/')
  await page.waitForLoadState('networkidle')
  const added = (await scripts()).filter(([url]) => !bare.has(url))
  expect(added.length).toBeGreaterThan(0)
  const bytes = added.reduce((sum, [, text]) => sum + gzipSync(text).length, 0)
  expect(bytes).toBeLessThan(6 * 1024)
})
