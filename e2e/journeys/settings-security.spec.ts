// Changing the password, and proving anew who one is.
import { expect, test } from '../fixtures/elsewhere'
import { signInOnPages, signUpOnPages } from '../fixtures/forms'
import { said } from '../fixtures/settings-page'

const chosen = 'seven quiet otters paint fences'

const change = async (page: import('@playwright/test').Page, current: string, next: string): Promise<void> => {
  await page.getByLabel('Current password').fill(current)
  await page.getByLabel('New password').fill(next)
  await page.getByRole('button', { name: 'Change password' }).click()
}

test('a new password ends all other sessions, gives this one a new id and is told by mail', async ({
  page,
  context,
  asUser,
  elsewhere,
  mailbox,
}) => {
  const person = await asUser()
  await person.addTo(context)
  const other = await elsewhere(person.email)
  await page.goto('/settings/security')
  await change(page, person.password, chosen)
  await expect(said(page)).toHaveText('Your password is changed. All your other sessions have ended.')
  await expect(said(page)).toBeFocused()
  const { session } = await (await page.request.get('/api/auth/session')).json()
  expect(session.id).not.toBe(person.sid)
  await other.goto('/dashboard')
  await expect(said(other)).toContainText('Your password was changed, so this session ended.')
  await signInOnPages(other, person.email, person.password)
  await expect(other.getByRole('main').getByRole('alert')).toBeVisible()
  await signInOnPages(other, person.email, chosen)
  await other.waitForURL('**/dashboard')
  await mailbox.waitForSubject(person.email, 'Your password was changed')
})

test('a wrong password of now and a weak new one are said beside their fields', async ({ page, context, asUser }) => {
  const person = await asUser()
  await person.addTo(context)
  await page.goto('/settings/security')
  await change(page, 'not the right password', chosen)
  await expect(page.getByLabel('Current password')).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByLabel('New password')).not.toHaveAttribute('aria-invalid')
  await said(page).getByRole('link', { name: 'That is not your password.' }).click()
  await expect(page.getByLabel('Current password')).toBeFocused()
  await change(page, person.password, 'password')
  await expect(page.getByLabel('New password')).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByRole('main').getByRole('alert')).toHaveCount(1)
  expect(await page.content()).not.toContain('not the right password')
  expect((await person.client.get('/api/auth/session')).status).toBe(200)
})

test('password managers are told whose password it is', async ({ page, context, asUser }) => {
  const person = await asUser()
  await person.addTo(context)
  await page.goto('/.well-known/change-password')
  await expect(page).toHaveURL(/\/settings\/security$/)
  await expect(page.getByRole('main').locator('input[autocomplete="username"]')).toHaveValue(person.email)
  await expect(page.getByRole('main').locator('input[autocomplete="username"]')).toHaveAttribute('readonly')
  await expect(page.getByLabel('Current password')).toHaveAttribute('autocomplete', 'current-password')
  await expect(page.getByLabel('New password')).toHaveAttribute('autocomplete', 'new-password')
})

test('a confirmation with a wrong password says so, keeps the way back, and then leads on', async ({
  page,
  context,
  asUser,
  clock,
}) => {
  const person = await asUser()
  await person.addTo(context)
  await clock.advance('11m')
  await page.goto('/reauthenticate?next=/settings/activity')
  await page.getByLabel('Password', { exact: true }).fill('not the right password')
  await page.getByRole('button', { name: 'Confirm', exact: true }).click()
  await expect(page.getByRole('main').getByRole('alert')).toContainText('That is not your password.')
  await expect(page.getByRole('link', { name: 'Not now' })).toHaveAttribute('href', '/settings/activity')
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Confirm', exact: true }).click()
  await page.waitForURL('**/settings/activity')
  await expect(page.getByRole('main')).toContainText('You confirmed that it is you')
})

test('a step-up leads nowhere else, and is not asked for twice', async ({ page, context, asUser, clock }) => {
  await (await asUser()).addTo(context)
  await page.goto('/reauthenticate?next=/settings/activity')
  await expect(page).toHaveURL(/\/settings\/activity$/)
  await clock.advance('11m')
  await page.goto(`/reauthenticate?next=${encodeURIComponent('//evil.test')}`)
  await expect(page.getByRole('link', { name: 'Not now' })).toHaveAttribute('href', '/dashboard')
})

test('a demo user has no password: one press confirms, and sign-up is a press away', async ({
  page,
  mailbox,
  address,
  clock,
}) => {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Try it with a demo session' }).click()
  await page.waitForURL('**/dashboard')
  await clock.advance('11m')
  await page.goto('/reauthenticate?next=/settings/security')
  await expect(page.getByRole('main').locator('input[type="password"]')).toHaveCount(0)
  await page.getByRole('button', { name: 'Confirm', exact: true }).click()
  await page.waitForURL('**/settings/security')
  await expect(page.getByRole('main')).toContainText('This is a demo session.')
  await page.getByRole('main').getByRole('link', { name: 'Sign up' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign up')
  await signUpOnPages(page, mailbox, address)
  await expect(page.getByRole('main')).toContainText(address)
})
