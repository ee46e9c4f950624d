// One's data as a file, and the end of an account and its undoing.
import { readFile } from 'node:fs/promises'
import { signInOnPages } from '../fixtures/forms'
import { disclose, said } from '../fixtures/settings-page'
import { expect, test } from '../fixtures/test'

for (const scripts of [true, false]) {
  test.describe(scripts ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled: scripts })

    test('a person takes their data along, deletes the account and brings it back', async ({
      page,
      context,
      asUser,
      mailbox,
    }) => {
      const person = await asUser()
      await person.addTo(context)
      await page.goto('/settings/data')
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Download' }).click(),
      ])
      expect(download.suggestedFilename()).toBe('account.json')
      const data = JSON.parse(await readFile(await download.path(), 'utf8'))
      expect(data).toMatchObject({ user: { email: person.email }, password: true, sessions: [{ amr: ['pwd'] }] })
      expect(JSON.stringify(data)).not.toContain(person.sid)

      await page.goto('/settings/data')
      await disclose(page, 'Delete my account')
      await page.getByLabel('Type the word delete').fill('please')
      await page.getByRole('button', { name: 'Delete it' }).click()
      await expect(page.locator('[data-slot="field-error"]')).toBeVisible()
      await page.getByLabel('Type the word delete').fill('delete')
      await page.getByRole('button', { name: 'Delete it' }).click()
      await page.waitForURL((url) => url.pathname === '/')
      expect((await person.client.get('/api/auth/session')).status).toBe(401)
      await page.goto('/sign-in')
      await signInOnPages(page, person.email)
      await expect(said(page)).toContainText('do not match')

      const { text } = await mailbox.waitForSubject(person.email, 'Your account was deleted')
      const link = /^https?:\/\/\S+\/undo-deletion\/link\?token=\S+$/m.exec(text)?.[0] ?? ''
      for (let i = 0; i < 3; i++)
        expect((await person.client.get(link.slice(new URL(link).origin.length))).status).toBe(303)
      await page.goto(link)
      await expect(page).toHaveURL(/\/undo-deletion$/)
      await page.getByRole('button', { name: 'Bring my account back' }).click()
      await expect(said(page)).toContainText('Your account is back')
      await signInOnPages(page, person.email)
      await page.waitForURL('**/dashboard')
    })
  })
}

test('S17 a stale session gets no file and deletes nothing before a fresh proof', async ({
  page,
  context,
  asUser,
  clock,
}) => {
  const person = await asUser()
  await person.addTo(context)
  await clock.advance('11m')
  for (const [call, body] of [
    ['export', {}],
    ['delete', { confirm: 'delete' }],
  ] as const) {
    const answer = await person.client.post(`/api/auth/account/${call}`, body)
    expect([answer.status, answer.json.code]).toEqual([403, 'reauthentication_required'])
  }
  await page.goto('/settings/data')
  await page.locator('form[action="/api/auth/account/export"]').evaluate((form: HTMLFormElement) => form.submit())
  await page.waitForURL(/reauthenticate/)
  await expect(said(page)).toContainText('press Download again')
})
