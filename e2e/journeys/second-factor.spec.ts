// The authenticator app: turned on, asked for at sign-in, lost, and turned off.
import { codeAt } from '../../lib/auth/totp-code'
import { now } from '../../lib/clock'
import { openClient, password } from '../fixtures/client'
import { signInOnPages, signOutOnPage } from '../fixtures/forms'
import { disclose, said } from '../fixtures/settings-page'
import { expect, test } from '../fixtures/test'

for (const scripts of [true, false]) {
  test.describe(scripts ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled: scripts })

    test('a person adds an app, signs in with a recovery code and turns the app off', async ({
      page,
      context,
      asUser,
      mailbox,
    }) => {
      const person = await asUser()
      await person.addTo(context)
      await page.goto('/settings/security')
      await page.getByRole('button', { name: 'Set up' }).click()
      await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible()
      const secret = (await page.locator('[data-slot="secret"]').innerText()).replaceAll(' ', '')
      await expect(page.getByRole('link', { name: 'open it in the app' })).toHaveAttribute(
        'href',
        /^otpauth:\/\/totp\//,
      )
      const code = page.getByRole('textbox', { name: 'Code' })
      await code.fill('000 000')
      await page.getByRole('button', { name: 'Turn it on' }).click()
      await expect(page.locator('[data-slot="field-error"]')).toBeVisible()
      await code.fill(codeAt(secret, now()))
      await page.getByRole('button', { name: 'Turn it on' }).click()
      await expect(said(page)).toContainText('Your authenticator app is on')
      const codes = (await page.locator('[data-slot="secret"]').innerText()).split('\n')
      expect(codes).toHaveLength(10)
      const download = page.getByRole('link', { name: 'Download' })
      expect(decodeURIComponent((await download.getAttribute('href')) ?? '')).toContain(codes.join('\n'))
      // Shown this once.
      await page.reload()
      await expect(page.getByRole('main')).not.toContainText(codes[0] ?? '')
      await page.goto('/settings/security')
      await expect(page.getByRole('main')).toContainText('10 recovery codes are left')

      await signOutOnPage(page)
      await page.goto('/sign-in?next=/settings/activity')
      await signInOnPages(page, person.email)
      await page.waitForURL(/sign-in\/second-factor/)
      // MF01: there is no session yet.
      expect((await context.cookies()).some(({ name }) => /-(at|rt)$/.test(name))).toBe(false)
      await page.getByRole('link', { name: 'Use a recovery code' }).click()
      await page.getByLabel('Recovery code').fill(codes[0] ?? '')
      await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click()
      await page.waitForURL('**/settings/activity')
      await expect(page.getByRole('main')).toContainText('A recovery code was used')

      await page.goto('/settings/security')
      await expect(page.getByRole('main')).toContainText('9 recovery codes are left')
      await disclose(page, 'Turn off')
      const form = page.locator('form[action="/api/auth/totp/remove"]')
      await form.getByLabel('Proof').selectOption('Recovery code')
      await form.getByLabel('Code').fill(codes[1] ?? '')
      await form.getByRole('button', { name: 'Turn off the app' }).click()
      await expect(said(page)).toContainText('Your authenticator app is off')
      for (const state of ['on', 'off'])
        await mailbox.waitForSubject(person.email, `Your authenticator app is ${state}`)
    })
  })
}

test('the code of the app finishes a sign-in once, in the browser that began it', async ({ page, asUser, app }) => {
  const person = await asUser({ totp: true })
  await page.goto('/sign-in')
  await signInOnPages(page, person.email)
  await page.waitForURL(/sign-in\/second-factor/)
  const code = person.code()
  const main = page.getByRole('main')
  await page.getByLabel('Code').fill('000000')
  await main.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.locator('[data-slot="field-error"]')).toBeVisible()
  await page.getByLabel('Code').fill(`${code.slice(0, 3)} ${code.slice(3)}`)
  await main.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL('**/dashboard')
  const other = openClient(app.url, '10.9.8.1')
  const asked = await other.post('/api/auth/sign-in', { email: person.email, password })
  expect(asked.json).toEqual({ status: 'second_factor_required', methods: ['totp', 'recovery_code'] })
  const again = await other.post('/api/auth/sign-in/second-factor', { method: 'totp', code })
  expect([again.status, again.json.code]).toEqual([422, 'invalid_code'])
})

test('MF01 between password and code nothing opens, whatever the browser asks for', async ({ app, asUser }) => {
  const person = await asUser({ totp: true })
  const client = openClient(app.url, '10.9.8.2')
  await client.post('/api/auth/sign-in', { email: person.email, password })
  expect([...client.cookies.keys()].filter((name) => /-(at|rt)$/.test(name))).toEqual([])
  const seal = [...client.cookies].find(([name]) => name.endsWith('-flow'))?.[1] ?? ''
  const statuses = async () => [
    (await client.get('/dashboard')).status,
    (await client.get('/api/auth/session')).status,
    (await client.post('/api/auth/refresh', {})).status,
    (await client.post('/api/auth/token', { audience: app.url })).status,
    (await client.post('/api/auth/totp/remove', { code: person.code() })).status,
  ]
  expect(await statuses()).toEqual([307, 401, 401, 401, 401])
  // The seal in every cookie's place.
  for (const name of ['at', 'rt']) client.cookies.set(`handstamp-${name}`, seal)
  expect(await statuses()).toEqual([307, 401, 401, 401, 401])
})

test('after five minutes the way leads back to the beginning, and says why', async ({ page, asUser, clock }) => {
  const person = await asUser({ totp: true })
  await page.goto('/sign-in?next=/settings/tokens')
  await signInOnPages(page, person.email)
  await page.waitForURL(/sign-in\/second-factor/)
  await clock.advance('6m')
  await page.getByLabel('Code').fill(person.code())
  await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL(/\/sign-in\?/)
  await expect(said(page)).toContainText('That took too long')
  expect(new URL(page.url()).searchParams.get('next')).toBe('/settings/tokens')
})

test('a step-up takes the code in place of the password, and what was sent then goes through', async ({
  page,
  context,
  asUser,
  clock,
}) => {
  const person = await asUser({ totp: true })
  await person.addTo(context)
  await clock.advance('11m')
  await page.goto('/reauthenticate?next=/settings/activity')
  await disclose(page, 'Use a code of the authenticator app')
  await page.getByLabel('Code').fill(person.code())
  await page.getByRole('button', { name: 'Confirm with the code' }).click()
  await page.waitForURL('**/settings/activity')
  await expect(page.getByRole('main')).toContainText('You confirmed that it is you')
})
