// The settings with scripts switched off.
import { addSessions, expect, test } from '../fixtures/elsewhere'
import { disclose, endedItems, said, sessionItems } from '../fixtures/settings-page'

test.use({ javaScriptEnabled: false })

test('a session is named, one is ended and then all others', async ({ page, context, asUser, records }) => {
  const person = await asUser()
  await person.addTo(context)
  await addSessions(records, person.user, 3)
  await page.goto('/settings/sessions')
  const [own, other] = [sessionItems(page).first(), sessionItems(page).nth(1)]
  await disclose(own, 'Rename')
  await own.getByLabel('Name').fill('Desk')
  await own.getByRole('button', { name: 'Save name' }).click()
  await expect(said(page)).toHaveText('The new name is kept.')
  await expect(said(page)).toBeFocused()
  await disclose(other, 'End session')
  await other.getByRole('button', { name: 'End it now' }).click()
  await expect(sessionItems(page)).toHaveCount(3)
  await disclose(page, 'End all other sessions')
  await page.getByRole('button', { name: 'End all others now' }).click()
  await expect(said(page)).toHaveText('Your 2 other sessions have ended.')
  await expect(endedItems(page)).toHaveCount(3)
})

test('a form that waited for a confirmation goes through', async ({ page, context, asUser, records, clock }) => {
  const person = await asUser()
  await person.addTo(context)
  await addSessions(records, person.user, 1)
  await clock.advance('11m')
  await page.goto('/settings/sessions')
  await disclose(sessionItems(page).nth(1), 'End session')
  await page.getByRole('button', { name: 'End it now' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Confirm it is you')
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Confirm', exact: true }).click()
  await expect(said(page)).toContainText('That session has ended.')
})

test('a name that was sent after the session ended is kept until its owner is back', async ({
  page,
  context,
  asUser,
  clock,
}) => {
  const person = await asUser()
  await person.addTo(context)
  await page.goto('/settings/sessions')
  const card = sessionItems(page).first()
  await disclose(card, 'Rename')
  await card.getByLabel('Name').fill('Kitchen tablet')
  await clock.advance('2h')
  await card.getByRole('button', { name: 'Save name' }).click()
  await expect(page).toHaveURL(/\/sign-in\?/)
  await expect(said(page)).toContainText('What you sent then goes through.')
  await page.getByLabel('Email address').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(/\/settings\/sessions\?/)
  await expect(said(page)).toHaveText('The new name is kept.')
  await expect(endedItems(page).first()).toContainText('Kitchen tablet')
})

test('the password is changed', async ({ page, context, asUser }) => {
  const person = await asUser()
  await person.addTo(context)
  await page.goto('/settings/security')
  await page.getByLabel('Current password').fill(person.password)
  await page.getByLabel('New password').fill('seven quiet otters paint fences')
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(said(page)).toHaveText('Your password is changed. All your other sessions have ended.')
})

test('a session is ended from a mail', async ({ page, asUser, elsewhere, mailbox }) => {
  const person = await asUser()
  const other = await elsewhere(person.email)
  const { text } = await mailbox.waitFor(person.email)
  await page.goto(/^https?:\/\/\S+\/not-me\/link\?token=\S+$/m.exec(text)?.[0] ?? '')
  await page.getByRole('button', { name: 'End this session' }).click()
  await expect(said(page)).toHaveText('That session has ended.')
  await other.goto('/dashboard')
  await expect(other).toHaveURL(/\/sign-in\?/)
})
