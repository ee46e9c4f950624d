// Passkeys: added, used by the button and where the address is typed, renamed, removed, and forgotten by the browser.
import type { Page } from '@playwright/test'
import { password } from '../fixtures/client'
import { signInOnPages, signOutOnPage } from '../fixtures/forms'
import { gotoKept } from '../fixtures/kept'
import { disclose, said } from '../fixtures/settings-page'
import { expect, test } from '../fixtures/test'

const items = (page: Page) => page.locator('[data-slot="passkey"]')
const button = (page: Page) => page.getByRole('button', { name: 'Sign in with a passkey' })

/** A browser that offers no passkey before the button is pressed: this one takes the first that it may. */
const withoutAutofill = (page: Page) =>
  page.addInitScript(() => {
    if (!('PublicKeyCredential' in window)) return
    PublicKeyCredential.isConditionalMediationAvailable = async () => false
  })

const add = async (page: Page, name: string) => {
  await page.getByLabel('Name of a new passkey').fill(name)
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(said(page)).toContainText(`“${name}” is added`)
}

test('a person adds two passkeys, signs in with one by the button, and removes the other', async ({
  page,
  context,
  asUser,
  passkey,
  mailbox,
}) => {
  const person = await asUser({ totp: true })
  await person.addTo(context)
  const phone = await passkey(page)
  await page.goto('/settings/security')
  await add(page, 'Phone')
  // One authenticator gets no second one.
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'has a passkey of yours already' })).toBeVisible()
  await expect(items(page)).toHaveCount(1)
  const key = await passkey(page, undefined, 'usb')
  await phone.verified(false)
  await add(page, 'Key')
  await expect(items(page)).toHaveCount(2)
  await expect(items(page).first()).toContainText('On one device')
  await mailbox.waitForSubject(person.email, 'A passkey was added')

  await phone.touched(false)
  await signOutOnPage(page)
  await withoutAutofill(page)
  await page.goto('/sign-in?next=/settings/activity')
  await page.getByLabel('Keep me signed in').check()
  await button(page).click()
  // Nobody asks for the code of the app.
  await page.waitForURL('**/settings/activity')
  await expect(page.getByRole('main')).toContainText('You added a passkey')
  const kept = (await context.cookies()).find(({ name }) => name.endsWith('-rt'))
  expect(kept?.expires).toBeGreaterThan(0)

  await page.goto('/settings/security')
  await disclose(items(page).first(), 'Rename')
  await items(page).first().getByLabel('Name').fill('Old phone')
  await items(page).first().getByRole('button', { name: 'Save name' }).click()
  await expect(said(page)).toContainText('new name')
  await expect(items(page).first()).toContainText('Old phone')
  await disclose(items(page).first(), 'Remove')
  await items(page).first().getByRole('button', { name: 'Remove it' }).click()
  await expect(said(page)).toContainText('That passkey is removed')
  await expect(items(page)).toHaveCount(1)
  // The browser was told which ones are left.
  await expect.poll(() => phone.credentials()).toEqual([])
  expect(await key.credentials()).toHaveLength(1)
})

test('the browser offers a passkey where the address is typed, and it leads where the person was going', async ({
  page,
  asUser,
  passkey,
}) => {
  const person = await asUser()
  await passkey(page, person)
  await page.goto('/sign-in?next=/settings/tokens')
  await page.waitForURL('**/settings/tokens')
  await expect(page.getByRole('heading', { name: 'Personal access tokens' })).toBeVisible()
})

test('a passkey that was removed is refused in plain words, and the browser forgets it', async ({
  page,
  asUser,
  passkey,
  records,
}) => {
  const person = await asUser()
  const phone = await passkey(page, person)
  await records.db.q.delete(records.db.t.passkeys)
  await page.goto('/sign-in')
  await expect(said(page)).toContainText('No account here has that passkey')
  await expect.poll(() => phone.credentials()).toEqual([])
})

test('MF11 a device that could not check who it was signs nobody in', async ({ page, asUser, passkey }) => {
  const person = await asUser()
  const phone = await passkey(page, person)
  await phone.verified(false)
  await page.goto('/sign-in')
  await button(page).click()
  await expect(page.getByRole('alert').filter({ hasText: 'No passkey was used' })).toBeVisible({ timeout: 10_000 })
})

test('a step-up takes a passkey, and what was sent then goes through', async ({
  page,
  context,
  asUser,
  passkey,
  clock,
}) => {
  const person = await asUser()
  await person.addTo(context)
  await passkey(page, person)
  await clock.advance('11m')
  await page.goto('/reauthenticate?next=/settings/activity')
  await page.getByRole('button', { name: 'Confirm with a passkey' }).click()
  await page.waitForURL('**/settings/activity')
  await expect(page.getByRole('main')).toContainText('You confirmed that it is you')
})

test('an account goes without its password, and takes one again', async ({ page, context, asUser, passkey, clock }) => {
  const person = await asUser()
  await person.addTo(context)
  await passkey(page, person)
  await page.goto('/settings/security')
  await disclose(page, 'Remove password')
  await page.getByRole('button', { name: 'Remove it' }).filter({ visible: true }).click()
  await expect(said(page)).toContainText('Your password is removed')
  await disclose(items(page).first(), 'Remove')
  await expect(items(page).first()).toContainText('the only way into your account')

  // The dialog of a change that needs a proof asks for no password that is not there.
  await clock.advance('11m')
  await gotoKept(page, '/settings/tokens')
  await page.getByLabel('Name').fill('nightly')
  await page.getByRole('button', { name: 'Make token' }).click()
  const dialog = page.locator('dialog[data-keeper="confirm"]')
  await dialog.getByRole('button', { name: 'Use a passkey' }).waitFor()
  await expect(dialog.getByLabel('Your password')).toBeHidden()
  await dialog.getByRole('button', { name: 'Use a passkey' }).click()
  await expect(said(page)).toContainText('Your token is made')

  await page.goto('/settings/security')
  await page.getByLabel('New password').fill(password)
  await page.getByRole('button', { name: 'Set password' }).click()
  await expect(said(page)).toContainText('has a password now')
  await signOutOnPage(page)
})

test('the way in that was used last is marked', async ({ page, asUser }) => {
  const person = await asUser()
  await page.goto('/sign-in')
  await expect(page.locator('[data-slot="last-used"]')).toHaveCount(0)
  await signInOnPages(page, person.email)
  await page.waitForURL('**/dashboard')
  await signOutOnPage(page)
  await page.goto('/sign-in')
  await expect(page.locator('[data-slot="last-used"]')).toHaveCount(1)
  await expect(page.locator('form[action="/api/auth/sign-in"] [data-slot="last-used"]')).toBeVisible()
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })

  test('passkeys are listed, renamed and removed; the pages say what needs scripts', async ({
    page,
    context,
    asUser,
    passkey,
  }) => {
    await page.goto('/sign-in')
    // Playwright's own text matching leaves these out.
    await expect(page.locator('noscript p')).toBeVisible()
    expect(await page.locator('noscript').innerText()).toBe('Signing in with a passkey needs scripts.')
    await expect(button(page)).toBeHidden()
    const person = await asUser()
    await person.addTo(context)
    await passkey(page, person)
    await page.goto('/settings/security')
    expect(await page.locator('noscript').innerText()).toContain('Adding a passkey needs scripts')
    await disclose(items(page).first(), 'Rename')
    await items(page).first().getByLabel('Name').fill('Laptop')
    await items(page).first().getByRole('button', { name: 'Save name' }).click()
    await expect(items(page).first()).toContainText('Laptop')
    await disclose(items(page).first(), 'Remove')
    await items(page).first().getByRole('button', { name: 'Remove it' }).click()
    await expect(said(page)).toContainText('That passkey is removed')
    await expect(items(page)).toHaveCount(0)
  })
})

test('at another name of the same machine there is no button that could not work', async ({ page, app }) => {
  await page.goto(`${app.url.replace('localhost', '127.0.0.1')}/sign-in`)
  await expect(page.getByLabel('Email address')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Show password' })).toBeVisible()
  await expect(button(page)).toBeHidden()
})
