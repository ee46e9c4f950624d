// Ways by mail: sign-in by a code, another address and its undoing, a proof for who has no password.
import { openClient } from '../fixtures/client'
import { codeIn } from '../fixtures/mailbox'
import { said } from '../fixtures/settings-page'
import { expect, test } from '../fixtures/test'

for (const scripts of [true, false]) {
  test.describe(scripts ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled: scripts })

    test('a person signs in by a code in a mail', async ({ page, asUser, mailbox }) => {
      const person = await asUser()
      await page.goto('/sign-in?next=/settings/profile')
      await page.getByLabel('Email address').fill(person.email)
      await page.getByRole('button', { name: 'Email me a code instead' }).click()
      await page.waitForURL(/sign-in\/email/)
      const code = codeIn(await mailbox.waitForSubject(person.email, 'Your code to sign in'))
      await page.getByLabel('Code').fill(code === '000000' ? '000001' : '000000')
      await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click()
      await expect(page.locator('[data-slot="field-error"]')).toBeVisible()
      await page.getByLabel('Code').fill(`${code.slice(0, 3)} ${code.slice(3)}`)
      await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click()
      await page.waitForURL('**/settings/profile')
    })

    test('a person changes name and address, and the address before undoes it', async ({
      page,
      context,
      asUser,
      mailbox,
    }) => {
      const person = await asUser()
      const fresh = `new-${person.email}`
      await person.addTo(context)
      await page.goto('/settings/profile')
      await page.getByLabel('Name', { exact: true }).fill('Ann Other')
      await page.getByRole('button', { name: 'Save name' }).click()
      await expect(said(page)).toContainText('Your name is changed')
      await page.getByLabel('New email address').fill('nonsense')
      await page.getByRole('button', { name: 'Send the code' }).click()
      await expect(page.locator('[data-slot="field-error"]')).toBeVisible()
      await page.getByLabel('New email address').fill(fresh)
      await page.getByRole('button', { name: 'Send the code' }).click()
      await page.getByLabel('Code').fill(codeIn(await mailbox.waitFor(fresh)))
      await page.getByRole('button', { name: 'Change to this address' }).click()
      await expect(said(page)).toContainText('Your address is changed')
      await expect(page.getByRole('main')).toContainText(`It is ${fresh}`)

      const { text } = await mailbox.waitForSubject(person.email, 'The address of your account was changed')
      const link = /^https?:\/\/\S+\/undo-email\/link\?token=\S+$/m.exec(text)?.[0] ?? ''
      for (let i = 0; i < 3; i++)
        expect((await person.client.get(link.slice(new URL(link).origin.length))).status).toBe(303)
      await page.goto(link)
      await expect(page).toHaveURL(/\/undo-email$/)
      await page.getByRole('button', { name: 'Put my address back' }).click()
      await expect(said(page)).toContainText('Your address is back')
      expect((await person.client.get('/api/auth/session')).status).toBe(401)
    })

    test('who has no password confirms by a code in a mail', async ({ page, context, asUser, mailbox, clock }) => {
      const person = await asUser({ passwordless: true })
      await person.addTo(context)
      await clock.advance('11m')
      await page.goto('/reauthenticate?next=/settings/profile')
      await expect(page.getByLabel('Password', { exact: true })).toHaveCount(0)
      await page.getByRole('button', { name: 'Email me a code' }).click()
      await expect(said(page)).toContainText('We sent a mail')
      const code = codeIn(await mailbox.waitForSubject(person.email, 'Your code to confirm that it is you'))
      await page.getByLabel('Code').fill(code)
      await page.getByRole('button', { name: 'Confirm', exact: true }).click()
      await page.waitForURL('**/settings/profile')
    })
  })
}

test('P09 an address without an account gets the same answer, in the same bytes, and no mail', async ({
  app,
  asUser,
  mailbox,
}) => {
  const person = await asUser()
  const ask = async (email: string) => {
    const { status, text } = await openClient(app.url, '10.9.7.3').post('/api/auth/sign-in/email', { email })
    return [status, text]
  }
  const nobody = `nobody-${person.email}`
  expect(await ask(nobody)).toEqual(await ask(person.email))
  await mailbox.waitForSubject(person.email, 'Your code to sign in')
  expect(await mailbox.all(nobody)).toEqual([])
})

test('K09 nothing but one address will do, and the mail goes to the one on record', async ({
  app,
  asUser,
  mailbox,
}) => {
  const person = await asUser()
  const client = openClient(app.url, '10.9.7.4')
  for (const email of [['a@example.com'], { $ne: '' }, 'a@example.com,b@example.com', '', null])
    expect((await client.post('/api/auth/sign-in/email', { email })).status).toBe(422)
  await client.post('/api/auth/sign-in/email', { email: person.email.toUpperCase() })
  await mailbox.waitForSubject(person.email, 'Your code to sign in')
})
