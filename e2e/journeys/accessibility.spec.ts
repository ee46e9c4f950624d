// axe on every page, in both themes, on a desk and on a phone.
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { fillSignUp, signInOnPages } from '../fixtures/forms'
import { linkIn } from '../fixtures/mailbox'
import { expect, test } from '../fixtures/test'

// Mail in the app's own mailbox, so that its pages have something to show.
test.use({ settings: { MAIL_URL: '' } })

const widths = [1280, 320]
const themes = ['light', 'dark'] as const

/** A mail's HTML is shown in a sandbox without scripts, where axe can't run either. */
const axe = (page: Page) => new AxeBuilder({ page }).exclude('iframe[sandbox]')

const look = async (page: Page, where: string): Promise<void> => {
  for (const colorScheme of themes) {
    for (const width of widths) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 800 })
      const { violations } = await axe(page)
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
        .analyze()
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`),
        `${where} ${colorScheme} ${width}`,
      ).toEqual([])
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(overflow, `${where} scrolls sideways at ${width}`).toBeLessThanOrEqual(0)
      await expect(page.locator('h1')).toHaveCount(1)
      await expect(page.getByRole('main')).toHaveCount(1)
    }
  }
}

for (const path of ['/', '/sign-up', '/sign-in', '/verify-email', '/verify-email/confirm', '/dev/mail']) {
  test(`${path} as a stranger sees it`, async ({ page }) => {
    await page.goto(path)
    await look(page, path)
  })
}

test('sign-in with an error', async ({ page, address }) => {
  await page.goto('/sign-in')
  await signInOnPages(page, address, 'not the right password')
  await page.waitForURL(/flash=/)
  await look(page, 'sign-in with an error')
})

test('the pages of a sign-up and the mailbox', async ({ page, address }) => {
  test.setTimeout(120_000)
  await page.goto('/sign-up')
  await page.getByRole('button', { name: 'Sign up' }).click()
  await look(page, 'sign-up with errors')
  await fillSignUp(page, address)
  await page.getByRole('button', { name: 'Sign up' }).click()
  await look(page, 'check your mail')
  await page.goto('/dev/mail')
  await look(page, 'the mailbox')
  await page
    .getByRole('link', { name: /sign-up code/ })
    .first()
    .click()
  await page.waitForURL('**/dev/mail/*')
  await look(page, 'a mail')
  const link = /https?:\/\/\S+token=[\w-]+/.exec(await page.getByRole('main').innerText())?.[0] ?? ''
  expect(linkIn({ subject: '', html: '', text: link })).toBe(link)
  await page.goto(link)
  await look(page, 'confirm')
})

test('the dashboard, and an address where nothing is', async ({ page }) => {
  test.setTimeout(60_000)
  await page.goto('/')
  await page.getByRole('button', { name: 'Try it with a demo session' }).first().click()
  await page.waitForURL('**/dashboard')
  await look(page, 'the dashboard')
  await page.goto('/nowhere')
  await look(page, 'not found')
})
