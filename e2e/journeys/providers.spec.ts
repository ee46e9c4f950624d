// Sign-in with another provider, a real one, with its own pages for login and consent.
import { now } from '../../lib/clock'
import { connectAccount } from '../../lib/db/connected-accounts'
import { openClient } from '../fixtures/client'
import { signOutOnPage } from '../fixtures/forms'
import { openLocalProvider, signInThere } from '../fixtures/provider'
import { said } from '../fixtures/settings-page'
import { expect, test } from '../fixtures/test'

const provider = await openLocalProvider()
test.use({ settings: provider.settings })
test.describe.configure({ mode: 'serial' })
test.beforeAll(({ app }) => provider.start(app.url))
test.afterAll(() => provider.stop())

const button = 'Continue with Local'

for (const scripts of [true, false]) {
  test.describe(scripts ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled: scripts })

    test('a person signs up with it, signs in again, and can’t lose the only way in', async ({ page, address }) => {
      await page.goto('/sign-in?next=/settings/security')
      await page.getByRole('button', { name: button }).click()
      await signInThere(page, address)
      await page.waitForURL('**/settings/security')
      const section = page.getByRole('region', { name: 'Connected accounts' })
      await expect(section).toContainText(address)
      await section.getByRole('button', { name: 'Disconnect' }).click()
      await expect(said(page)).toContainText('only way into your account')
      await signOutOnPage(page)
      // The provider still knows who it is: no page of its own this time.
      await page.goto('/sign-in')
      await page.getByRole('button', { name: button }).click()
      await page.waitForURL('**/dashboard')
    })
  })
}

test('a person connects it to an account, and disconnects it', async ({ page, context, asUser, mailbox }) => {
  const person = await asUser()
  await person.addTo(context)
  await page.goto('/settings/security')
  const section = page.getByRole('region', { name: 'Connected accounts' })
  await section.getByRole('button', { name: 'Connect' }).click()
  await signInThere(page, `elsewhere-${person.email}`)
  await expect(said(page)).toContainText('That account is connected')
  await mailbox.waitForSubject(person.email, 'Local was connected')
  await section.getByRole('button', { name: 'Disconnect' }).click()
  await expect(said(page)).toContainText('That account is disconnected')
  await mailbox.waitForSubject(person.email, 'Local was disconnected')
})

test('K14 an account with the same address is not taken over', async ({ page, asUser }) => {
  const person = await asUser()
  await page.goto('/sign-in')
  await page.getByRole('button', { name: button }).click()
  await signInThere(page, person.email)
  await page.waitForURL(/\/sign-in\?/)
  await expect(said(page)).toContainText('There is an account with this address already')
  expect((await page.context().cookies()).some(({ name }) => /-(at|rt)$/.test(name))).toBe(false)
})

test('an address that the provider does not vouch for makes no account', async ({ page, address }) => {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: button }).click()
  await signInThere(page, address, { verified: false })
  await expect(said(page)).toContainText('does not vouch for your email address')
})

test('MF07 somebody with a second factor is asked for it', async ({ page, context, asUser, records }) => {
  const person = await asUser({ totp: true })
  const email = `factor-${person.email}`
  const times = { createdAt: now(), lastUsedAt: now() }
  await connectAccount(records.db, { provider: 'local', subject: email, userId: person.user.id, email, ...times })
  await page.goto('/sign-in')
  await page.getByRole('button', { name: button }).click()
  await signInThere(page, email)
  await page.waitForURL(/sign-in\/second-factor/)
  expect((await context.cookies()).some(({ name }) => /-(at|rt)$/.test(name))).toBe(false)
  await page.getByLabel('Code').fill(person.code())
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/dashboard')
})

test('who says no there is told so, and nothing is changed', async ({ page }) => {
  await page.goto('/sign-in?next=/settings/tokens')
  await page.getByRole('button', { name: button }).click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(said(page)).toContainText('You did not allow it there')
  expect(new URL(page.url()).searchParams.get('next')).toBe('/settings/tokens')
})

test('an answer counts once, in the browser and for the attempt that it was made for', async ({
  page,
  app,
  address,
}) => {
  let answer = ''
  page.on('request', (request) => {
    if (request.url().includes('/callback?')) answer = request.url()
  })
  await page.goto('/sign-in')
  await page.getByRole('button', { name: button }).click()
  await signInThere(page, address)
  await page.waitForURL('**/dashboard')
  await page.context().clearCookies({ name: /-(at|rt)$/ })
  await page.goto(answer)
  await expect(said(page)).toContainText('belongs to no sign-in of this browser')
  const path = answer.slice(app.url.length)
  // Another browser, and one that has an attempt of its own under way.
  const other = openClient(app.url, '10.9.6.1')
  for (const begun of [false, true]) {
    if (begun) expect((await other.post('/api/auth/oidc/local', {})).status).toBe(200)
    const refused = await other.get(path)
    expect([refused.status, refused.headers.get('location')]).toEqual([303, expect.stringMatching(/^\/sign-in\?/)])
    expect((await other.get('/api/auth/session')).status).toBe(401)
  }
})

test('nothing begins by a GET, a prefetch or from a foreign page', async ({ app }) => {
  const client = openClient(app.url, '10.9.6.2')
  expect((await client.get('/api/auth/oidc/local')).status).toBe(405)
  const foreign = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
  expect((await client.post('/api/auth/oidc/local', {}, foreign)).status).toBe(403)
  expect((await client.post('/api/auth/oidc/unknown', {})).status).toBe(404)
  expect([...client.cookies.keys()].filter((name) => name.endsWith('-flow'))).toEqual([])
})

test('a provider with a new key is believed, one that is down costs nothing but the try', async ({ page, address }) => {
  await provider.rotateKey()
  await page.goto('/sign-in')
  await page.getByRole('button', { name: button }).click()
  await signInThere(page, address)
  await page.waitForURL('**/dashboard')
  await signOutOnPage(page)
  await page.goto('/sign-in')
  await provider.stop()
  // Its own page would be an error of the browser, which tells nobody when it is there.
  await page.route('**/auth?*', (route) => route.fulfill({ body: 'away' }))
  await page.getByRole('button', { name: button }).click()
  await page.waitForURL(/\/auth\?/)
  const state = new URL(page.url()).searchParams.get('state')
  await page.goto(`/api/auth/oidc/local/callback?code=x&state=${state}&iss=${provider.settings.OIDC_LOCAL_ISSUER}`)
  await expect(said(page)).toContainText('does not answer')
})
