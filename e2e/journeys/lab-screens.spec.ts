// The lab's screens of keys, revocation, refresh and integration: each by the real rules, without scripts too.
import { readFile } from 'node:fs/promises'
import { expect, test } from '../fixtures/test'

test.use({ javaScriptEnabled: false })
test.beforeEach(async ({ asUser, context }) => {
  await (await asUser()).addTo(context)
})

test('a second device is ended, and the time until it is refused is stopped', async ({ page }) => {
  await page.goto('/lab/revoke')
  await page.getByRole('button', { name: 'Sign in on a second device and end it' }).click()
  const seconds = async (id: string) =>
    Number(/([0-9.]+) s/.exec((await page.locator(`[data-watch=${id}]`).textContent()) ?? '')?.[1])
  await expect(page.getByRole('status')).toContainText('Pages and handlers')
  expect(await seconds('node')).toBeLessThan(4)
  expect(await seconds('edge')).toBeLessThan(6)
  await page.goto('/settings/sessions')
  await expect(page.getByRole('main')).toContainText('Second device of the lab')
})

test('whoever rotates the keys of the lab signs nobody out, and nobody can do it all the time', async ({ page }) => {
  await page.goto('/lab/keys')
  const states = () =>
    page.locator('[data-ring]').evaluateAll((keys) => keys.map((key) => key.getAttribute('data-ring')))
  const turn = page.getByRole('button', { name: 'Rotate the keys of the lab' })
  await turn.click()
  await expect(page.getByText('What the old key has signed is still good.')).toBeVisible()
  expect(await states()).toEqual(['retiring', 'active', 'next'])
  const living = Number(await page.locator('[data-living]').getAttribute('data-living'))
  expect(living).toBeGreaterThanOrEqual(2)
  await expect(page.locator('[data-living]')).toHaveAttribute('data-accepted', String(living))
  await turn.click()
  await expect(page.getByText(/Try again in [0-9]+ seconds?\./)).toBeVisible()
  expect(await states()).toEqual(['retiring', 'active', 'next'])
  expect((await page.goto('/dashboard'))?.url()).toMatch(/\/dashboard$/)
})

test('a change of keys goes through its states, and the app’s own keys are there', async ({ page, app }) => {
  await page.goto('/lab/keys')
  const states = await page
    .locator('[data-states]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-states')?.trim()))
  expect(states).toEqual(['active', 'active next', 'retiring active', 'retiring active', 'retired active'])
  const { keys } = (await (await fetch(`${app.url}/.well-known/jwks.json`)).json()) as { keys: { kid: string }[] }
  for (const { kid } of keys) await expect(page.getByRole('main')).toContainText(kid)
})

test('a second session is refreshed by two tabs and ended by a thief, its family is on record, and only so often', async ({
  page,
}) => {
  const run = async () => {
    await page.goto('/lab/refresh')
    await page.getByRole('button', { name: 'Let two tabs and a thief refresh' }).click()
  }
  await run()
  const given = page.locator('[data-live]')
  await expect(given).toHaveCount(5)
  expect(await given.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-given')))).toEqual([
    '2',
    '2',
    '3',
    'nothing',
    'nothing',
  ])
  await page.getByRole('link', { name: 'See its family of tokens' }).click()
  const main = page.getByRole('main')
  await expect(main).toContainText('Second device of the lab')
  await expect(main).toContainText('Handed out again once within the grace')
  await expect(main).toContainText('It came back after its successor was in use')
  expect((await page.goto('/dashboard'))?.url()).toMatch(/\/dashboard$/)
  for (let turn = 2; turn <= 7; turn++) await run()
  await expect(main).toContainText('Try again in')
})

test('two tabs and a lost answer sign nobody out, a thief ends the session', async ({ page }) => {
  await page.goto('/lab/refresh')
  const given = async (story: string) =>
    page
      .locator(`[data-story=${story}] [data-given]`)
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-given')))
  expect(await given('tabs')).toEqual(['2', '2', '3'])
  expect(await given('lost')).toEqual(['2', '2'])
  expect(await given('thief')).toEqual(['2', 'nothing', 'nothing'])
})

test('the examples are shown as they are on disk', async ({ page }) => {
  await page.goto('/lab/integrate')
  const shown = await page.locator('[data-example=python] pre').last().textContent()
  expect(shown).toBe(await readFile('examples/python/verify.py', 'utf8'))
  await expect(page.locator('[data-example]')).toHaveCount(6)
})
