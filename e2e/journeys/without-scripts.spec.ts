// The whole path with scripts switched off.
import { signInOnPages, signOutOnPage, signUpOnPages } from '../fixtures/forms'
import { expect, test } from '../fixtures/test'

test.use({ javaScriptEnabled: false })

test('sign-up, dashboard, sign-out, a wrong and a right sign-in', async ({ page, mailbox, address }) => {
  await signUpOnPages(page, mailbox, address)
  await expect(page.getByRole('main')).toContainText(address)
  await signOutOnPage(page)
  await page.goto('/sign-in')
  await expect(page.getByRole('button', { name: /show password/i })).toHaveCount(0)
  await signInOnPages(page, address, 'not the right password')
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible()
  await signInOnPages(page, address)
  await page.waitForURL('**/dashboard')
})

test('another code can be asked for, and the page says how long to wait', async ({ page, address }) => {
  await page.goto('/sign-up')
  await page.getByLabel('Name').fill('Ann')
  await page.getByLabel('Email address').fill(address)
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery staple')
  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.getByRole('button', { name: /another|resend|new code/i }).click()
  await expect(page.getByRole('main').getByRole('alert')).toContainText(/Try again in/)
})

test('the theme is a form, kept by the server', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: /switch to light/i }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  await page.getByRole('button', { name: /switch to dark/i }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  expect(new URL(page.url()).pathname).toBe('/sign-in')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
})
