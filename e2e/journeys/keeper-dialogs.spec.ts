// The keeper's dialogs as people see them: axe in both themes, on a desk and on a phone, and fingers that find the buttons.
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { signInKept } from '../fixtures/kept'
import { expect, test } from '../fixtures/test'

const names = ['idle', 'end', 'sign-in', 'confirm', 'stranger']
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Opens a dialog with everything in it that can be in it. */
const show = (page: Page, name: string) =>
  page.evaluate((wanted) => {
    const dialog = document.querySelector<HTMLDialogElement>(`dialog[data-keeper="${wanted}"]`)
    const [alert, left] = [dialog?.querySelector('[role="alert"]'), dialog?.querySelector('[data-left]')]
    if (alert) alert.textContent = 'That address and password do not match. Check both and try again.'
    if (left) left.textContent = '1:59'
    for (const part of dialog?.querySelectorAll<HTMLElement>('[data-proof]') ?? []) part.hidden = false
    dialog?.showModal()
  }, name)

const hide = (page: Page) =>
  page.evaluate(() => {
    for (const dialog of document.querySelectorAll('dialog')) dialog.close()
  })

for (const width of [1280, 320]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`every dialog, ${colorScheme}, ${width} px`, async ({ page, member }) => {
      test.setTimeout(60_000)
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 640 })
      await signInKept(page, member.email)
      for (const name of names) {
        await show(page, name)
        const { violations } = await new AxeBuilder({ page }).include('dialog[open]').withTags(tags).analyze()
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`),
          name,
        ).toEqual([])
        const dialog = page.getByRole('dialog')
        const box = await dialog.boundingBox()
        expect(box?.x, name).toBeGreaterThanOrEqual(0)
        expect((box?.x ?? 0) + (box?.width ?? 0), name).toBeLessThanOrEqual(width)
        expect(await dialog.evaluate((element) => element.scrollWidth - element.clientWidth), name).toBe(0)
        for (const target of await dialog.locator('button, a, input:not([type="hidden"])').all())
          expect((await target.boundingBox())?.height, name).toBeGreaterThanOrEqual(44)
        await page.screenshot({ path: `test-results/dialogs/${name}-${colorScheme}-${width}.png` })
        await hide(page)
      }
    })
  }
}

test('the keeper breaks no content security policy and reports no errors', async ({ page, member }) => {
  const said: string[] = []
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && said.push(message.text()))
  page.on('pageerror', (error) => said.push(String(error)))
  await signInKept(page, member.email)
  await show(page, 'idle')
  expect(said).toEqual([])
})
