// The warning with the lives that are built in: an hour without activity, five minutes of a token, a day at most.
import { openTab, signInKept } from '../fixtures/kept'
import { expect, test } from '../fixtures/test'

test('after 58 minutes the warning comes, one key keeps the session for another hour, in every tab', async ({
  page,
  context,
  clock,
  member,
}) => {
  await signInKept(page, member.email)
  const other = await openTab(context)
  await page.bringToFront()
  const warning = page.getByRole('dialog', { name: 'Are you still there?' })
  const status = () => page.request.get('/api/auth/session', { headers: { 'x-handstamp-background': '1' } })
  for (let i = 0; i < 11; i++) {
    await clock.advance('5m')
    // What the keeper does by itself goes on, and is no activity.
    await page.waitForTimeout(100)
  }
  await expect(warning).toBeHidden()
  await clock.advance('210s')
  await expect(warning).toBeVisible()
  await expect(warning.locator('[data-left]')).toHaveText(/^[01]:\d\d$/)
  const there = other.getByRole('dialog', { name: 'Are you still there?' })
  await expect(there).toBeVisible()
  await expect(warning.getByRole('status')).toHaveText(/left$/)
  await expect(page.getByRole('button', { name: 'Stay signed in' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(warning).toBeHidden()
  await expect(there).toBeHidden()
  await clock.advance('50m')
  await expect(warning).toBeHidden()
  expect((await status()).status()).toBe(200)
  await clock.advance('9m')
  await expect(warning).toBeVisible()
  // The reason is told once: to whichever tab asks first.
  await other.close()
  await clock.advance('2m')
  await expect(page).toHaveURL(/\/sign-in\?/)
  await expect(page.getByRole('main')).toContainText('You were away for a while')
})

test('a form that needs a fresh proof asks for it after ten minutes, by the clock of the server', async ({
  page,
  clock,
  member,
}) => {
  await signInKept(page, member.email)
  await page.evaluate(() => {
    const form = document.createElement('form')
    form.method = 'post'
    form.action = '/api/theme'
    form.dataset.fresh = ''
    form.innerHTML = '<button name="theme" value="dark">Change</button>'
    document.querySelector('main')?.append(form)
  })
  await clock.advance('11m')
  await page.getByRole('button', { name: 'Change' }).click()
  await expect(page.getByRole('dialog', { name: 'Confirm it’s you' })).toBeVisible()
})
