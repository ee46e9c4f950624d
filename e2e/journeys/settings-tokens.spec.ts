// The page of personal access tokens, as a person uses it.

import { openClient } from '../fixtures/client'
import { makePerson } from '../fixtures/person'
import { disclose, said } from '../fixtures/settings-page'
import { expect, test } from '../fixtures/test'

const billing = 'https://billing.example'

test.use({ settings: { SERVICE_AUDIENCES: billing } })

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled })

    test('a token is made, shown once, used and revoked', async ({ page, app, asUser, network }) => {
      const ann = await asUser()
      await ann.addTo(page.context())
      await page.goto('/settings/tokens')
      await expect(page.getByText('You have none')).toBeVisible()
      await page.getByLabel('Name').fill('nightly backup')
      await page.getByLabel('Service').selectOption(billing)
      await page.getByRole('button', { name: 'Make token' }).click()
      await expect(page.getByRole('heading', { name: 'Copy your new token now' })).toBeVisible()
      const secret = (await page.locator('[data-slot="secret"]').textContent()) ?? ''
      expect(secret).toMatch(/^hsp_[A-Za-z0-9_-]{43}$/)
      expect(page.url()).not.toContain('hsp_')
      for (const { value } of await page.context().cookies()) expect(value).not.toContain(secret.slice(4))

      const item = page.locator('[data-slot="token"]')
      await expect(item).toContainText('Never')
      const script = openClient(app.url, network)
      const exchange = () =>
        script.post('/api/auth/token', { audience: billing }, { authorization: `Bearer ${secret}` })
      expect((await exchange()).status).toBe(200)
      await page.reload()
      expect(await page.content()).not.toContain(secret)
      await expect(item).not.toContainText('Never')

      await disclose(item, 'Revoke')
      await item.getByRole('button', { name: 'Revoke it now' }).click()
      await expect(said(page)).toContainText('revoked')
      await expect(item).toHaveCount(0)
      expect((await exchange()).status).toBe(401)
    })
  })
}

test('what is wrong is said beside its field, and what was typed stays', async ({ page, asUser }) => {
  await (await asUser()).addTo(page.context())
  await page.goto('/settings/tokens')
  await page.getByLabel('Name').fill('nightly')
  await page.getByLabel('Days until it expires').fill('400')
  await page.getByRole('button', { name: 'Make token' }).click()
  await expect(page.locator('#days-error')).toHaveText('Enter a number of days from 1 to 365.')
  await expect(page.getByLabel('Name')).toHaveValue('nightly')
  await expect(page.locator('[data-slot="token"]')).toHaveCount(0)
})

test('without a fresh proof it waits for one, and is then made and shown', async ({
  browser,
  app,
  records,
  network,
}) => {
  const hourAgo = Date.now() - 3_600_000
  const ann = await makePerson(records, network, {}, { session: { authTime: hourAgo } })
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: app.url })
  await ann.addTo(context)
  const page = await context.newPage()
  await page.goto('/settings/tokens')
  await page.getByLabel('Name').fill('nightly')
  await page.getByRole('button', { name: 'Make token' }).click()
  await page.getByLabel('Password', { exact: true }).fill(ann.password)
  await page.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.locator('[data-slot="secret"]')).toHaveText(/^hsp_/)
  await expect(page.locator('[data-slot="token"]')).toHaveCount(1)
  await context.close()
})
