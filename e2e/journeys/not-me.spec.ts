// "This wasn't me": from the mail about a new device to the end of its session.
import { expect, test } from '../fixtures/elsewhere'
import type { Mailbox } from '../fixtures/mailbox'
import { said } from '../fixtures/settings-page'

/** Waits for the mail about a new device. */
const linkFor = async (mailbox: Mailbox, email: string): Promise<string> => {
  const { subject, text } = await mailbox.waitFor(email)
  expect(subject).toBe('New sign-in to your account')
  return /^https?:\/\/\S+\/not-me\/link\?token=\S+$/m.exec(text)?.[0] ?? ''
}

test('a new device is told by mail, whose link ends that session after one press', async ({
  page,
  asUser,
  elsewhere,
  mailbox,
}) => {
  const person = await asUser()
  const thief = await elsewhere(person.email)
  await page.goto(await linkFor(mailbox, person.email))
  await expect(page).toHaveURL(/\/not-me$/)
  await expect(page.getByRole('main')).toContainText('Firefox 140 on Linux')
  await expect(page.getByRole('main')).toContainText('from 192.0.2.x')
  await page.getByRole('button', { name: 'End this session' }).click()
  await expect(said(page)).toHaveText('That session has ended.')
  await expect(page.getByRole('link', { name: 'Change your password' })).toHaveAttribute('href', '/settings/security')
  await thief.goto('/dashboard')
  await expect(said(thief)).toContainText('This session was ended from a mail')
  expect((await person.client.get('/api/auth/session')).status).toBe(200)
})

test('the link again says that it has ended already', async ({ page, asUser, elsewhere, mailbox }) => {
  const person = await asUser()
  await elsewhere(person.email)
  const link = await linkFor(mailbox, person.email)
  await page.goto(link)
  await page.getByRole('button', { name: 'End this session' }).click()
  await expect(said(page)).toHaveText('That session has ended.')
  await page.goto(link)
  await expect(page.getByRole('main')).toContainText('That session has ended already.')
  await expect(page.getByRole('button', { name: 'End this session' })).toHaveCount(0)
})

test('a scanner that follows the link ends nothing', async ({ asUser, elsewhere, mailbox, client }) => {
  const person = await asUser()
  const other = await elsewhere(person.email)
  const { pathname, search } = new URL(await linkFor(mailbox, person.email))
  for (let i = 0; i < 3; i++) {
    expect((await client.get(pathname + search)).status).toBe(303)
    expect((await client.get('/not-me')).status).toBe(200)
    expect((await client.get('/api/auth/sessions/disown')).status).toBe(405)
  }
  await other.goto('/dashboard')
  await expect(other).toHaveURL(/\/dashboard$/)
})

test('without a link the page says what to do', async ({ page }) => {
  for (const path of ['/not-me', `/not-me/link?token=${'A'.repeat(43)}`]) {
    await page.goto(path)
    await expect(page.getByRole('main')).toContainText('This page needs the link of our mail')
    await expect(page.getByRole('button', { name: 'End this session' })).toHaveCount(0)
  }
})
