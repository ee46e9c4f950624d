// What happened around an account, as its owner reads it.
import { expect, test } from '../fixtures/elsewhere'
import { signInOnPages } from '../fixtures/forms'

const events = (page: import('@playwright/test').Page) => page.locator('[data-slot="event"]')

test('what was not oneself stands out in words, and leads to the session', async ({
  page,
  context,
  asUser,
  otherBrowser,
}) => {
  const person = await asUser()
  await person.addTo(context)
  const other = await otherBrowser()
  await other.goto('/sign-in')
  await signInOnPages(other, person.email, 'not the right password')
  await other.waitForURL(/flash=/)
  await signInOnPages(other, person.email)
  await other.waitForURL('**/dashboard')
  await page.goto('/settings/activity')
  const failed = events(page).filter({ hasText: 'with a wrong password' })
  await expect(failed).toContainText('Was this you?')
  await expect(failed).toContainText('Firefox 140 on Linux, from 192.0.2.x')
  await expect(events(page).filter({ hasText: 'Was this you?' })).toHaveCount(2)
  const signedIn = events(page).filter({ hasText: /^Signed in/ })
  await expect(signedIn).not.toContainText('Was this you?')
  await signedIn.getByRole('link', { name: /See the session/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Firefox 140 on Linux')
})

test('a long record comes in pages', async ({ page, context, asUser, app }) => {
  const person = await asUser()
  // More would have to wait.
  for (let i = 0; i < 4; i++)
    expect((await person.client.post('/api/auth/reauthenticate', { password: 'wrong' })).status).toBe(401)
  for (let i = 0; i < 30; i++) expect((await person.client.post('/api/auth/sessions/end-others', {})).status).toBe(200)
  for (const [name, value] of person.client.cookies) await context.addCookies([{ name, value, url: app.url }])
  await page.goto('/settings/activity')
  await expect(events(page)).toHaveCount(30)
  await page.getByRole('link', { name: 'Next page' }).click()
  await expect(events(page)).toHaveCount(4)
  await page.getByRole('link', { name: 'First page' }).click()
  await expect(events(page)).toHaveCount(30)
})

test('another’s record is not there', async ({ page, context, asUser, elsewhere }) => {
  const [me, stranger] = [await asUser(), await asUser()]
  await elsewhere(stranger.email)
  await me.addTo(context)
  await page.goto('/settings/activity')
  await expect(events(page)).toHaveCount(0)
  await expect(page.getByRole('main')).toContainText('Nothing is on record')
})
