// A session that reaches its longest time: no key helps, so the warning says that, and what is typed still stays.
import { password } from '../fixtures/client'
import { signInKept } from '../fixtures/kept'
import { expect, test } from '../fixtures/test'

test.use({ settings: { ACCESS_TTL: '20s', IDLE_TTL: '20s', ABSOLUTE_TTL: '12s' } })

test('the last end is told as what it is, and the person signs in again in place', async ({ page, member }) => {
  await signInKept(page, member.email)
  await page.evaluate(() => document.querySelector('main')?.append(document.createElement('textarea')))
  await page.locator('main textarea').fill('Half a letter')
  const warning = page.getByRole('dialog', { name: 'This session ends soon' })
  await expect(warning).toBeVisible({ timeout: 11_000 })
  await expect(warning).toContainText('longest time')
  await page.keyboard.press('Escape')
  await expect(warning).toBeHidden()
  const again = page.getByRole('dialog', { name: 'Sign in again' })
  await expect(again).toBeVisible({ timeout: 11_000 })
  await expect(warning).toBeHidden()
  await again.getByLabel('Your password').fill(password)
  await page.keyboard.press('Enter')
  await expect(again).toBeHidden()
  await expect(page.locator('main textarea')).toHaveValue('Half a letter')
})
