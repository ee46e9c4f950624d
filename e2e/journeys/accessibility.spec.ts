// axe on every page, in both themes, on a desk and on a phone.

import { hashToken } from '../../lib/auth/mailed-secret'
import { codeAt } from '../../lib/auth/totp-code'
import { now } from '../../lib/clock'
import { storeMailedToken } from '../../lib/db/mailed-tokens'
import { noteRotation } from '../../lib/db/rotations'
import { endSession } from '../../lib/db/sessions'
import { look } from '../fixtures/accessible'
import { addSessions, expect, test } from '../fixtures/elsewhere'
import { fillSignUp, signInOnPages } from '../fixtures/forms'
import { linkIn } from '../fixtures/mailbox'
import { disclose, sessionItems } from '../fixtures/settings-page'

// Mail in the app's own mailbox, so that its pages have something to show.
// A provider that is never asked, for its buttons.
test.use({
  settings: {
    MAIL_URL: '',
    OIDC_ACME_ISSUER: 'http://localhost:9',
    OIDC_ACME_CLIENT_ID: 'us',
    OIDC_ACME_CLIENT_SECRET: 'shared',
  },
})

for (const path of [
  '/',
  '/sign-up',
  '/sign-in',
  '/sign-in/second-factor',
  '/sign-in/email',
  '/undo-email',
  '/undo-deletion',
  '/verify-email',
  '/verify-email/confirm',
  '/not-me',
  '/forgot-password',
  '/reset-password',
  '/dev/mail',
  '/dev/mails',
]) {
  test(`${path} as a stranger sees it`, async ({ page }) => {
    await page.goto(path)
    await look(page, path)
  })
}

test('sign-in with an error', async ({ page, address }) => {
  await page.goto('/sign-in')
  await signInOnPages(page, address, 'not the right password')
  await page.waitForURL(/flash=/)
  await look(page, 'sign-in with an error')
})

test('the pages of a sign-up and the mailbox', async ({ page, address }) => {
  test.setTimeout(120_000)
  await page.goto('/sign-up')
  await page.getByRole('button', { name: 'Sign up' }).click()
  await expect(page.locator('[data-slot="field-error"]').first()).toBeVisible()
  await look(page, 'sign-up with errors')
  await fillSignUp(page, address)
  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.getByRole('heading', { name: 'Check your mail' }).waitFor()
  await look(page, 'check your mail')
  await page.goto('/dev/mail')
  await look(page, 'the mailbox')
  await page
    .getByRole('link', { name: /sign-up code/ })
    .first()
    .click()
  await page.waitForURL('**/dev/mail/*')
  await look(page, 'a mail')
  const link = /https?:\/\/\S+token=[\w-]+/.exec(await page.getByRole('main').innerText())?.[0] ?? ''
  expect(linkIn({ subject: '', html: '', text: link })).toBe(link)
  await page.goto(link)
  await look(page, 'confirm')
})

test('the dashboard, and an address where nothing is', async ({ page }) => {
  test.setTimeout(120_000)
  await page.goto('/')
  await page.getByRole('button', { name: 'Try it with a demo session' }).first().click()
  await page.waitForURL('**/dashboard')
  await look(page, 'the dashboard')
  await page.goto('/nowhere')
  await look(page, 'not found')
})

test('the sessions of somebody with several, and one of them', async ({ page, context, asUser, records }) => {
  test.setTimeout(240_000)
  const person = await asUser()
  await person.addTo(context)
  await page.goto('/settings/sessions')
  await look(page, 'one session')
  const [sid = '', stolen = ''] = await addSessions(records, person.user, 4)
  await endSession(records.db, stolen, 'reuse', now())
  await noteRotation(records.db, { sid: stolen, generation: 1, parent: 0, at: now() }, 'reused')
  await page.goto('/settings/sessions')
  await disclose(page, 'End all other sessions')
  await disclose(sessionItems(page).nth(1), 'Rename')
  await disclose(sessionItems(page).nth(2), 'End session')
  await look(page, 'several sessions')
  await sessionItems(page).nth(1).getByRole('button', { name: 'Save name' }).click()
  await page.waitForURL(/flash=/)
  await look(page, 'sessions with a message')
  await page.goto('/settings/sessions?after=1.AAAAAAAAAAAAAAAAAAAAAA')
  await look(page, 'past the last session')
  for (const path of [sid, stolen]) {
    await page.goto(`/settings/sessions/${path}`)
    await look(page, 'a session')
  }
})

test('activity, security and step-up', async ({ page, context, asUser, clock }) => {
  test.setTimeout(240_000)
  const person = await asUser()
  await person.addTo(context)
  await clock.advance('11m')
  await page.goto('/reauthenticate')
  await look(page, 'step-up')
  await page.getByRole('button', { name: 'Confirm', exact: true }).click()
  await page.waitForURL(/flash=/)
  await look(page, 'step-up with an error')
  await person.client.post('/api/auth/reauthenticate', { password: 'not the right one' })
  await page.goto('/settings/activity')
  await look(page, 'activity')
  await page.goto('/settings/security')
  await page.getByRole('button', { name: 'Change password' }).click()
  await page.waitForURL(/flash=/)
  await look(page, 'security with errors')
})

test('personal access tokens: none, with an error, one that was made', async ({ page, context, asUser }) => {
  test.setTimeout(120_000)
  await (await asUser()).addTo(context)
  await page.goto('/settings/tokens')
  await look(page, 'no tokens')
  await page.getByRole('button', { name: 'Make token' }).click()
  await page.waitForURL(/flash=/)
  await look(page, 'tokens with an error')
  await page.getByLabel('Name').fill('nightly')
  await page.getByRole('button', { name: 'Make token' }).click()
  await page.locator('[data-slot="secret"]').waitFor()
  await look(page, 'a new token')
})

test('a forgotten password: the message, and the choice of a new one with an error', async ({ page, asUser }) => {
  test.setTimeout(120_000)
  const person = await asUser()
  await page.goto('/forgot-password')
  await page.getByLabel('Email address').fill(person.email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await page.waitForURL(/flash=/)
  await look(page, 'a link is on its way')
  await page.goto('/dev/mail')
  await page
    .getByRole('link', { name: /Choose a new password/ })
    .first()
    .click()
  await page.waitForURL('**/dev/mail/*')
  await page.goto(/https?:\/\/\S+token=[\w-]+/.exec(await page.getByRole('main').innerText())?.[0] ?? '')
  await page.getByRole('button', { name: 'Change password' }).click()
  await page.waitForURL(/flash=/)
  await look(page, 'a new password with an error')
})

test('an authenticator app: the picture, the codes, the sign-in with an error', async ({ page, context, asUser }) => {
  test.setTimeout(240_000)
  const person = await asUser()
  await person.addTo(context)
  await page.goto('/settings/security')
  await page.getByRole('button', { name: 'Set up' }).click()
  const secret = (await page.locator('[data-slot="secret"]').innerText()).replaceAll(' ', '')
  await look(page, 'a picture to scan')
  await page.getByRole('textbox', { name: 'Code' }).fill(codeAt(secret, now()))
  await page.getByRole('button', { name: 'Turn it on' }).click()
  await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
  await look(page, 'recovery codes')
  await page.goto('/settings/security')
  await disclose(page, 'Turn off')
  await look(page, 'security with an app')
  await context.clearCookies()
  await page.goto('/sign-in')
  await signInOnPages(page, person.email)
  await page.getByRole('link', { name: 'Use a recovery code' }).click()
  await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL(/flash=/)
  await look(page, 'the second factor with an error')
})

test('the profile, a new address and its undoing; a code to sign in', async ({ page, context, asUser, records }) => {
  test.setTimeout(240_000)
  const person = await asUser()
  await person.addTo(context)
  await page.goto('/settings/profile')
  await look(page, 'profile')
  await page.getByLabel('New email address').fill(`new-${person.email}`)
  await page.getByRole('button', { name: 'Send the code' }).click()
  await page.getByRole('button', { name: 'Change to this address' }).click()
  await page.locator('[data-slot="field-error"]').waitFor()
  await look(page, 'profile with a code on its way and an error')
  const token = records.random(32)
  await storeMailedToken(records.db, {
    id: records.random(16),
    purpose: 'undo_email',
    email: `old-${person.email}`,
    userId: person.user.id,
    tokenHash: hashToken(token),
    codeHash: '',
    name: '',
    passwordHash: null,
    createdAt: now(),
    expiresAt: now() + 60_000,
  })
  await page.goto(`/undo-email/link?token=${token}`)
  await look(page, 'an address to put back')
  await context.clearCookies()
  await page.goto('/sign-in')
  await page.getByLabel('Email address').fill(person.email)
  await page.getByRole('button', { name: 'Email me a code instead' }).click()
  await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL(/flash=/)
  await look(page, 'a code to sign in with, with an error')
})

test('one’s data, and the end of the account', async ({ page, context, asUser }) => {
  test.setTimeout(120_000)
  await (await asUser()).addTo(context)
  await page.goto('/settings/data')
  await disclose(page, 'Delete my account')
  await page.getByRole('button', { name: 'Delete it' }).click()
  await page.locator('[data-slot="field-error"]').waitFor()
  await look(page, 'data with an error')
})

test('passkeys: none, several, without a password, and one that nobody knows', async ({
  page,
  context,
  asUser,
  passkey,
  records,
  clock,
}) => {
  test.setTimeout(240_000)
  const person = await asUser()
  await person.addTo(context)
  const phone = await passkey(page, person)
  await page.goto('/settings/security')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByText('has a passkey of yours').waitFor()
  await disclose(page.locator('[data-slot="passkey"]'), 'Rename')
  await disclose(page, 'Remove password')
  await look(page, 'security with a passkey')
  await page.getByRole('button', { name: 'Remove it' }).filter({ visible: true }).click()
  await page.waitForURL(/flash=/)
  await look(page, 'security without a password')
  await clock.advance('11m')
  await page.goto('/settings/security')
  await look(page, 'security without a password or a fresh proof')
  await page.goto('/reauthenticate')
  await page.getByRole('button', { name: 'Confirm with a passkey' }).waitFor()
  await look(page, 'step-up with a passkey')
  await context.clearCookies()
  await records.db.q.delete(records.db.t.passkeys)
  await phone.touched(true)
  await page.goto('/sign-in')
  await page.waitForURL(/flash=/)
  await look(page, 'a passkey that nobody knows')
})

test('the settings of a demo user', async ({ page, clock }) => {
  test.setTimeout(120_000)
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Try it with a demo session' }).click()
  await page.waitForURL('**/dashboard')
  await clock.advance('11m')
  for (const path of ['/settings/security', '/reauthenticate']) {
    await page.goto(path)
    await look(page, `${path} of a demo user`)
  }
})

test('a link of a mail that was not oneself, before and after', async ({ page, asUser, elsewhere }) => {
  test.setTimeout(120_000)
  const person = await asUser()
  await elsewhere(person.email)
  const mail = page.getByRole('link', { name: /New sign-in/ }).first()
  // A list that is there does not grow.
  await expect(async () => {
    await page.goto('/dev/mail')
    await expect(mail).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 30_000 })
  await mail.click()
  await page.waitForURL('**/dev/mail/*')
  await page.goto(/https?:\/\/\S+token=[\w-]+/.exec(await page.getByRole('main').innerText())?.[0] ?? '')
  await look(page, 'not me')
  await page.getByRole('button', { name: 'End this session' }).click()
  await page.waitForURL(/flash=/)
  await look(page, 'not me, ended')
})
