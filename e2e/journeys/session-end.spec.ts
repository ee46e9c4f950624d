// A session that reaches its longest time: no key helps, so the warning says that, and what is typed still stays.
import { password } from '../fixtures/client'
import { signInKept } from '../fixtures/kept'
import { expect, test } from '../fixtures/test'

test.use({ settings: { ABSOLUTE_TTL: '30m' } })

test('the last end is told as what it is, and the person signs in again in place', async ({ page, clock, member }) => {
  await signInKept(page, member.email)
  await page.evaluate(() => document.querySelector('main')?.append(document.createElement('textarea')))
  await page.locator('main textarea').fill('Half a letter')
  const warning = page.getByRole('dialog', { name: 'This session ends soon' })
  await clock.advance('1710s')
  await expect(warning).toBeVisible()
  await expect(warning).toContainText('longest time')
  await page.keyboard.press('Escape')
  await expect(warning).toBeHidden()
  const again = page.getByRole('dialog', { name: 'Sign in again' })
  await clock.advance('2m')
  await expect(again).toBeVisible()
  await expect(warning).toBeHidden()
  await again.getByLabel('Your password').fill(password)
  await page.keyboard.press('Enter')
  await expect(again).toBeHidden()
  await expect(page.locator('main textarea')).toHaveValue('Half a letter')
})
