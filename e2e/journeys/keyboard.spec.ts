// The way in and out by keyboard alone.
import type { Page } from '@playwright/test'
import { addSessions, expect, test } from '../fixtures/elsewhere'
import { said, sessionItems } from '../fixtures/settings-page'

/** Presses Tab until the element that has focus carries this accessible name. */
const tabTo = async (page: Page, name: RegExp): Promise<void> => {
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab')
    const focused = page.locator(':focus')
    const label = await focused.evaluate((element) => {
      const labelled = element instanceof HTMLInputElement ? (element.labels?.[0]?.textContent ?? '') : ''
      return `${labelled} ${element.getAttribute('aria-label') ?? ''} ${element.textContent ?? ''}`.trim()
    })
    if (name.test(label)) {
      const outlined = await focused.evaluate((element) => {
        const { outlineStyle, boxShadow } = getComputedStyle(element)
        return outlineStyle !== 'none' || boxShadow !== 'none'
      })
      expect(outlined, `focus on ${name} is visible`).toBe(true)
      return
    }
  }
  throw new Error(`Tab never reached ${name}`)
}

test('sign-in and sign-out need no mouse', async ({ page, member }) => {
  await page.goto('/sign-in')
  await tabTo(page, /^Email address/)
  await page.keyboard.type(member.email)
  await tabTo(page, /^Password/)
  await page.keyboard.type('correct horse battery staple')
  await tabTo(page, /^Keep me signed in/)
  await page.keyboard.press('Space')
  await tabTo(page, /^Sign in$/)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/dashboard')
  await tabTo(page, /^Sign out$/)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname === '/')
})

test('the first Tab offers to skip to the content', async ({ page }) => {
  await page.goto('/')
  await page.keyboard.press('Tab')
  await expect(page.locator(':focus')).toHaveText(/skip/i)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/#./)
})

test('a hidden password can be shown and hidden again', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByLabel('Password', { exact: true }).fill('something')
  const button = page.getByRole('button', { name: /show password/i })
  await button.focus()
  await page.keyboard.press('Enter')
  await expect(page.locator('#password')).toHaveAttribute('type', 'text')
  await expect(button).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Enter')
  await expect(page.locator('#password')).toHaveAttribute('type', 'password')
})

test('a session is named and another ended without a mouse', async ({ page, context, asUser, records }) => {
  const person = await asUser()
  await person.addTo(context)
  await addSessions(records, person.user, 1)
  await page.goto('/settings/sessions')
  await tabTo(page, /^Rename/)
  await page.keyboard.press('Enter')
  await tabTo(page, /^Name/)
  await page.keyboard.type('Desk')
  await page.keyboard.press('Enter')
  await expect(said(page)).toBeFocused()
  await tabTo(page, /^End session: Firefox 140 on Linux/)
  await page.keyboard.press('Space')
  await tabTo(page, /^End it now/)
  await page.keyboard.press('Enter')
  await expect(said(page)).toBeFocused()
  await expect(sessionItems(page)).toHaveCount(1)
  await expect(sessionItems(page).getByRole('heading')).toHaveText('Desk')
})
