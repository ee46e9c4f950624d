// From a stranger to a session, by code and by link.
import { openClient } from '../fixtures/client'
import { fillSignUp, signUpOnPages } from '../fixtures/forms'
import { codeIn, linkIn } from '../fixtures/mailbox'
import { expect, test } from '../fixtures/test'

test('a person signs up, opens the mail, types the code and sees their session', async ({ page, mailbox, address }) => {
  await signUpOnPages(page, mailbox, address)
  await expect(page.getByRole('main')).toContainText(address)
  await expect(page.getByRole('main')).toContainText('Ann Example')
})

test('a code may be pasted with a space', async ({ page, mailbox, address }) => {
  await page.goto('/sign-up')
  await fillSignUp(page, address)
  await page.getByRole('button', { name: 'Sign up' }).click()
  const code = codeIn(await mailbox.waitFor(address))
  await page.getByLabel('Code').fill(`${code.slice(0, 3)} ${code.slice(3)}`)
  await page.getByRole('button', { name: 'Confirm' }).click()
  await page.waitForURL('**/dashboard')
})

test('the link lands on a button, uses nothing up by being fetched, and leaves no token in the URL', async ({
  page,
  mailbox,
  address,
  client,
}) => {
  await page.goto('/sign-up')
  await fillSignUp(page, address)
  await page.getByRole('button', { name: 'Sign up' }).click()
  const link = linkIn(await mailbox.waitFor(address))
  // A mail scanner follows the link first, three times.
  for (let i = 0; i < 3; i++) expect((await client.get(new URL(link).pathname + new URL(link).search)).status).toBe(303)
  await page.goto(link)
  expect(new URL(page.url()).pathname).toBe('/verify-email/confirm')
  expect(page.url()).not.toContain('token')
  await page.getByRole('main').getByRole('button').click()
  await page.waitForURL('**/dashboard')
})

test('a link works once, in a browser that has not signed up', async ({ page, browser, mailbox, address }) => {
  await page.goto('/sign-up')
  await fillSignUp(page, address)
  await page.getByRole('button', { name: 'Sign up' }).click()
  const link = linkIn(await mailbox.waitFor(address))
  for (const expected of ['/dashboard', '/verify-email/confirm']) {
    const other = await browser.newContext()
    const tab = await other.newPage()
    await tab.goto(link)
    if (expected === '/dashboard') {
      await tab.getByRole('main').getByRole('button').click()
      await tab.waitForURL('**/dashboard')
    } else await expect(tab.getByRole('main')).toContainText('needs an unused link')
    await other.close()
  }
})

test('a known address sees the same page and gets a mail that says so', async ({ page, member, mailbox }) => {
  // The first mail to this address used up the minute's allowance; the answer is the same all the same.
  await page.goto('/sign-up')
  await fillSignUp(page, member.email)
  await page.getByRole('button', { name: 'Sign up' }).click()
  await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible()
  await page.getByLabel('Code').fill('123456')
  await page.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByRole('main').getByRole('alert')).toContainText('code is wrong')
  expect((await mailbox.all(member.email)).filter(({ subject }) => subject.includes('sign-up code'))).toHaveLength(1)
})

test('wrong input comes back with what was typed, but never the password', async ({ page }) => {
  await page.goto('/sign-up')
  await page.getByLabel('Name').fill('Ann')
  await page.getByLabel('Email address').fill('nobody')
  await page.getByLabel('Password', { exact: true }).fill('short one')
  await page.getByRole('button', { name: 'Sign up' }).click()
  await expect(page.getByRole('main').getByRole('alert')).toBeFocused()
  await expect(page.getByLabel('Email address')).toHaveValue('nobody')
  await expect(page.getByLabel('Email address')).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('')
  expect(await page.content()).not.toContain('short one')
})

test('a password that is easy to guess is refused with the reason', async ({ page, address }) => {
  await page.goto('/sign-up')
  await fillSignUp(page, address)
  await page.getByLabel('Password', { exact: true }).fill('handstamp123456789')
  await page.getByRole('button', { name: 'Sign up' }).click()
  await expect(page.getByRole('main').getByRole('alert')).toContainText('easy to guess')
})

test('the sixth wrong code is one too many, and the page says for how long', async ({ page, address }) => {
  await page.goto('/sign-up')
  await fillSignUp(page, address)
  await page.getByRole('button', { name: 'Sign up' }).click()
  for (let i = 0; i < 6; i++) {
    await page.getByLabel('Code').fill('000000')
    const before = page.url()
    await page.getByRole('button', { name: 'Confirm' }).click()
    // Each message is a seal of its own.
    await expect(page).not.toHaveURL(before)
  }
  await expect(page.getByRole('main').getByRole('alert')).toContainText(/Too many attempts.*minutes/)
})

test('the confirm page says whose account the link makes', async ({ page, browser, mailbox, address }) => {
  await page.goto('/sign-up')
  await fillSignUp(page, address)
  await page.getByRole('button', { name: 'Sign up' }).click()
  const other = await browser.newContext()
  const tab = await other.newPage()
  await tab.goto(linkIn(await mailbox.waitFor(address)))
  await expect(tab.getByRole('main')).toContainText(address)
  await other.close()
})

test('a sign-up of somebody else for the same address can’t be finished by the link alone', async ({
  app,
  page,
  mailbox,
  address,
}) => {
  const stranger = openClient(app.url, '10.66.6.6')
  await stranger.post('/api/auth/sign-up', { name: 'Mallory', email: address, password: 'a password of a stranger' })
  const mail = await mailbox.waitFor(address)
  expect(mail.text).not.toContain('Mallory')
  await page.goto('/sign-up')
  await fillSignUp(page, address)
  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.getByRole('heading', { name: 'Check your mail' }).waitFor()
  const phone = openClient(app.url, '10.66.6.7')
  const token = new URL(linkIn(mail)).searchParams.get('token')
  expect((await phone.post('/api/auth/verify-email', { token })).json.code).toBe('invalid_link')
  await page.getByLabel('Code').fill(codeIn(mail))
  await page.getByRole('button', { name: 'Confirm' }).click()
  await page.waitForURL('**/dashboard')
  await expect(page.getByRole('main')).toContainText('Ann Example')
  const tried = { email: address, password: 'a password of a stranger' }
  expect((await stranger.post('/api/auth/sign-in', tried)).status).toBe(401)
})
