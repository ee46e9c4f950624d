// A forgotten password: from the sign-in page to the mail and back, with a new one.
import { openClient } from '../fixtures/client'
import { signInOnPages } from '../fixtures/forms'
import { resetLinkFor } from '../fixtures/mailbox'
import { said } from '../fixtures/settings-page'
import { expect, test } from '../fixtures/test'

const fresh = 'lantern gravel sonnet orbit'

for (const scripts of [true, false]) {
  test.describe(scripts ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled: scripts })

    test('a person forgets the password, follows the link and signs in with a new one', async ({
      page,
      asUser,
      mailbox,
    }) => {
      const person = await asUser()
      await page.goto('/sign-in')
      await page.getByRole('link', { name: 'Forgot your password?' }).click()
      await page.getByLabel('Email address').fill(person.email)
      await page.getByRole('button', { name: 'Send the link' }).click()
      await expect(said(page)).toContainText('If there is an account for this address')
      const link = await resetLinkFor(mailbox, person.email)
      // A mail scanner is there first.
      for (let i = 0; i < 3; i++)
        expect((await person.client.get(link.slice(new URL(link).origin.length))).status).toBe(303)
      await page.goto(link)
      await expect(page).toHaveURL(/\/reset-password$/)
      await expect(page.getByLabel('Email address')).toHaveValue(person.email)
      await page.getByLabel('New password', { exact: true }).fill('password1234567')
      await page.getByRole('button', { name: 'Change password' }).click()
      await expect(page.locator('[data-slot="field-error"]')).toBeVisible()
      await page.getByLabel('New password', { exact: true }).fill(fresh)
      await page.getByRole('button', { name: 'Change password' }).click()
      await expect(page).toHaveURL(/\/sign-in\?/)
      await expect(said(page)).toContainText('Your password is changed')
      expect((await page.context().cookies()).some(({ name }) => /-(at|rt)$/.test(name))).toBe(false)
      expect((await person.client.get('/api/auth/session')).status).toBe(401)
      await signInOnPages(page, person.email, fresh)
      await page.waitForURL('**/dashboard')
      await page.goto(link)
      await expect(page.getByRole('main')).toContainText('needs an unused link')
    })
  })
}

test('a stranger’s address gets the same answer, in the same bytes, and no mail', async ({ app, asUser, mailbox }) => {
  const person = await asUser()
  const client = openClient(app.url, '10.9.7.1')
  const answers = await Promise.all(
    [person.email, 'nobody-at-all@example.com'].map(async (email) => {
      const answer = await client.post('/api/auth/password/forgot', { email })
      return [answer.status, answer.text]
    }),
  )
  expect(answers[0]).toEqual([202, '{"status":"reset_sent"}'])
  expect(answers[1]).toEqual(answers[0])
  await resetLinkFor(mailbox, person.email)
  expect(await mailbox.all('nobody-at-all@example.com')).toEqual([])
})

test('the link in the mail is ours, whatever the request says where it is', async ({ app, asUser, mailbox }) => {
  const person = await asUser()
  const answer = await fetch(`${app.url}/api/auth/password/forgot`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'sec-fetch-site': 'same-origin',
      'x-forwarded-host': 'evil.test',
      forwarded: 'host=evil.test',
    },
    body: JSON.stringify({ email: person.email }),
  })
  expect(answer.status).toBe(202)
  expect(new URL(await resetLinkFor(mailbox, person.email)).origin).toBe(app.url)
})

test('nothing but one address will do, and a link that is none says what to do', async ({ app, page }) => {
  const client = openClient(app.url, '10.9.7.1')
  for (const email of [['a@example.com'], { $ne: '' }, 'a@example.com,b@example.com', '', null])
    expect((await client.post('/api/auth/password/forgot', { email })).status).toBe(422)
  const refused = await client.post('/api/auth/password/reset', { token: 'A'.repeat(43), password: fresh })
  expect([refused.status, JSON.parse(refused.text).code]).toEqual([422, 'invalid_link'])
  await page.goto('/reset-password/link?token=nonsense')
  await expect(page.getByRole('main')).toContainText('needs an unused link')
  await page.getByRole('link', { name: 'Ask for a new link' }).click()
  await page.getByLabel('Email address').fill('not an address')
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(page.locator('[data-slot="field-error"]')).toBeVisible()
  await expect(page.getByLabel('Email address')).toHaveValue('not an address')
})
