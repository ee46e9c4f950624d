// axe on every screen of the lab, with all that can be opened open.
import { look } from '../fixtures/accessible'
import { expect, test } from '../fixtures/test'

test.beforeEach(async ({ asUser, context }) => {
  await (await asUser()).addTo(context)
})

const paths = [
  '',
  '/tamper',
  '/tamper?change=roles',
  '/tamper?change=nothing',
  '/keys',
  '/revoke',
  '/refresh',
  '/integrate',
]

for (const path of paths)
  test(`/lab${path}`, async ({ page }) => {
    await page.goto(`/lab${path}`)
    for (const summary of await page.locator('main summary').all()) await summary.click()
    await look(page, path)
  })

for (const name of ['1. Browser', '2. Gate', '3. Page', '4. Response'])
  test(`/lab/request at ${name}`, async ({ page }) => {
    await page.goto('/lab/request')
    await page.getByRole('radio', { name }).check()
    for (const more of await page.locator('[data-slot=engineers]:visible > summary').all()) await more.click()
    await expect(page.getByRole('heading', { name })).toBeVisible()
    await look(page, name)
  })
