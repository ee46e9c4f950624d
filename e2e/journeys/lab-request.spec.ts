// The lab's picture of one request: told by the gate of this very request, by keyboard and without scripts.
import { expect, test } from '../fixtures/test'

const gate = '2. Gate'

test('the four stations of this request, by arrow keys', async ({ asUser, context, page }) => {
  const { addTo } = await asUser()
  await addTo(context)
  await page.goto('/lab/request')
  await expect(page.getByRole('heading', { name: '1. Browser' })).toBeVisible()
  await page.getByRole('radio', { name: '1. Browser' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('heading', { name: gate })).toBeVisible()
  await expect(page.getByRole('heading', { name: '1. Browser' })).toBeHidden()
  const steps = page.locator('[data-step]')
  await expect(steps.first()).toHaveAttribute('data-step', 'cookies')
  await expect(steps.last()).toHaveAttribute('data-step', 'identity')
  await expect(page.locator('[data-step=signature]')).toContainText(/[0-9]+ µs/)
  await page.keyboard.press('ArrowRight')
  await expect(page.getByText('Yes, and it has not been ended')).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByText('The token is not in it.', { exact: false })).toBeVisible()
})

test('nobody else can tell the page what the gate did', async ({ asUser }) => {
  const { client } = await asUser()
  const story = { at: Date.now(), steps: [{ name: 'signature', micros: 424_242 }], look: 'authentic' }
  const forged = `${Buffer.from(JSON.stringify(story)).toString('base64url')}.${'A'.repeat(43)}`
  const answer = await client.get('/lab/request', { 'x-handstamp-trace': forged })
  expect(answer.status).toBe(200)
  expect(answer.text).toContain('data-step="identity"')
  expect(answer.text).not.toContain('424242')
})

test('it works without scripts, on a phone, in the dark, and axe finds nothing', async ({ asUser, browser, app }) => {
  const { client, tokens } = await asUser()
  const context = await browser.newContext({
    javaScriptEnabled: false,
    colorScheme: 'dark',
    viewport: { width: 320, height: 640 },
    baseURL: app.url,
    extraHTTPHeaders: { cookie: client.header() },
  })
  const page = await context.newPage()
  await page.goto('/lab/request')
  await page.getByText(gate).first().click()
  await expect(page.locator('[data-step=signature]')).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
  const html = await page.content()
  expect(tokens.access.split('.').filter((part) => html.includes(part))).toEqual([])
  await context.close()
})
