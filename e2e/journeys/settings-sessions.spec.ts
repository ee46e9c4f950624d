// The sessions of one person, as they see, name and end them.
import { addSessions, expect, test } from '../fixtures/elsewhere'
import { signInOnPages } from '../fixtures/forms'
import { gotoKept } from '../fixtures/kept'
import { disclose, endedItems, said, sessionItems } from '../fixtures/settings-page'

test('the list says of each session what it is, this device first', async ({ page, context, asUser, elsewhere }) => {
  const person = await asUser()
  await person.addTo(context)
  await elsewhere(person.email)
  await page.goto('/dashboard')
  await page.getByRole('link', { name: 'See all sessions' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your sessions')
  await expect(page.getByRole('navigation', { name: 'Settings' }).getByText('Sessions')).toHaveAttribute(
    'aria-current',
    'page',
  )
  await expect(page.getByRole('main')).toContainText('(2 sessions)')
  await expect(sessionItems(page)).toHaveCount(2)
  await expect(sessionItems(page).first()).toContainText('This device')
  const other = sessionItems(page).nth(1)
  await expect(other).not.toContainText('This device')
  for (const text of ['Firefox 140 on Linux', 'from 192.0.2.x', 'Password', 'in 60 minutes', 'in 24 hours'])
    await expect(other).toContainText(text)
  await expect(page.getByRole('main')).toContainText('No session of yours has ended')
})

test('a session gets a name, another name, and none', async ({ page, context, asUser }) => {
  await (await asUser()).addTo(context)
  await page.goto('/settings/sessions')
  const card = sessionItems(page).first()
  for (const [name, words] of [
    ['Kitchen tablet', 'The new name is kept.'],
    ['Desk', 'The new name is kept.'],
    ['', 'The name is gone.'],
  ] as const) {
    await disclose(card, 'Rename')
    await card.getByLabel('Name').fill(name)
    await card.getByRole('button', { name: 'Save name' }).click()
    await expect(said(page)).toHaveText(words)
    await expect(said(page)).toBeFocused()
    if (name) await expect(card.getByRole('heading')).toHaveText(name)
    else await expect(card.getByRole('heading')).toHaveText(/ on /)
  }
})

test('a name that cannot be shown comes back with what was typed and what to do', async ({ page, context, asUser }) => {
  await (await asUser()).addTo(context)
  await page.goto('/settings/sessions')
  const card = sessionItems(page).first()
  await disclose(card, 'Rename')
  // Turns the rest of a line around, wherever the name is shown.
  const typed = 'Desk \u202e ksed'
  await card.getByLabel('Name').fill(typed)
  await card.getByRole('button', { name: 'Save name' }).click()
  await expect(said(page)).toContainText('Use at most 40 characters')
  await said(page).getByRole('link').click()
  await expect(card.getByLabel('Name')).toBeFocused()
  await expect(card.getByLabel('Name')).toHaveValue(typed)
  await expect(card.getByLabel('Name')).toHaveAttribute('aria-invalid', 'true')
})

test('another device is signed out at once, and is told why', async ({ page, context, asUser, elsewhere }) => {
  const person = await asUser()
  await person.addTo(context)
  const other = await elsewhere(person.email)
  await page.goto('/settings/sessions')
  const card = sessionItems(page).nth(1)
  await disclose(card, 'End session')
  await expect(card).toContainText('at once, the edge within 3 seconds')
  await card.getByRole('button', { name: 'End it now' }).click()
  await expect(said(page)).toContainText('That session has ended.')
  await expect(said(page)).toBeFocused()
  await expect(sessionItems(page)).toHaveCount(1)
  await expect(endedItems(page).first()).toContainText('Firefox 140 on Linux')
  await expect(endedItems(page).first()).toContainText('Ended from another device')
  await other.goto('/dashboard')
  await expect(other).toHaveURL(/\/sign-in\?/)
  await expect(said(other)).toContainText('You ended this session from another device')
  await signInOnPages(other, person.email)
  await other.waitForURL('**/dashboard')
})

test('this session ends by signing out', async ({ page, context, asUser }) => {
  await (await asUser()).addTo(context)
  await page.goto('/settings/sessions')
  await sessionItems(page).first().getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL((url) => url.pathname === '/')
  await page.goto('/settings/sessions')
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fsettings%2Fsessions/)
})

test('all others end after one question, and each of them is told', async ({ page, context, asUser, elsewhere }) => {
  const person = await asUser()
  await person.addTo(context)
  const others = [await elsewhere(person.email), await elsewhere(person.email)]
  await page.goto('/settings/sessions')
  await disclose(page, 'End all other sessions')
  await expect(page.getByRole('main')).toContainText('This ends your 2 other sessions.')
  await page.getByRole('button', { name: 'End all others now' }).click()
  await expect(said(page)).toHaveText('Your 2 other sessions have ended.')
  await expect(page.getByRole('main')).toContainText('You are signed in nowhere else.')
  await expect(endedItems(page)).toHaveCount(2)
  for (const other of others) {
    await other.goto('/dashboard')
    await expect(said(other)).toContainText('You ended all your other sessions from another device')
  }
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })

  test('after ten minutes a page asks for a confirmation, and then what was asked goes through once', async ({
    page,
    context,
    clock,
    asUser,
    records,
  }) => {
    const person = await asUser()
    await person.addTo(context)
    await addSessions(records, person.user, 2)
    await clock.advance('11m')
    await page.goto('/settings/sessions')
    await disclose(page, 'End all other sessions')
    await page.getByRole('button', { name: 'End all others now' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Confirm it is you')
    await expect(said(page)).toContainText('What you sent then goes through.')
    await expect(page.getByLabel('Email address')).toHaveValue(person.email)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.getByRole('button', { name: 'Confirm', exact: true }).click()
    await expect(page).toHaveURL(/\/settings\/sessions\?/)
    await expect(said(page)).toHaveText('Your 2 other sessions have ended.')
    await expect(page.getByRole('main')).toContainText('(1 session)')
  })

  test('who turns away from the confirmation has changed nothing, also when they confirm for something else', async ({
    page,
    context,
    clock,
    asUser,
    records,
  }) => {
    const person = await asUser()
    await person.addTo(context)
    await addSessions(records, person.user, 2)
    await clock.advance('11m')
    await page.goto('/settings/sessions')
    await disclose(page, 'End all other sessions')
    await page.getByRole('button', { name: 'End all others now' }).click()
    await page.getByRole('link', { name: 'Not now' }).click()
    await page.goto('/reauthenticate?next=/settings/sessions')
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.getByRole('button', { name: 'Confirm', exact: true }).click()
    await expect(page.getByRole('main')).toContainText('(3 sessions)')
  })
})

test('after ten minutes a dialog asks for a confirmation in place, and then what was asked goes through once', async ({
  page,
  context,
  clock,
  asUser,
  records,
}) => {
  const person = await asUser()
  await person.addTo(context)
  await addSessions(records, person.user, 2)
  await clock.advance('11m')
  await gotoKept(page, '/settings/sessions')
  await disclose(page, 'End all other sessions')
  await page.getByRole('button', { name: 'End all others now' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Password').fill(person.password)
  await dialog.getByRole('button', { name: 'Confirm', exact: true }).click()
  await expect(said(page)).toHaveText('Your 2 other sessions have ended.')
  await expect(page.getByRole('main')).toContainText('(1 session)')
})

test('another person’s session is at no address and cannot be ended', async ({ page, context, asUser }) => {
  const [me, stranger] = [await asUser(), await asUser()]
  await me.addTo(context)
  for (const sid of [stranger.sid, 'A'.repeat(22), 'x'])
    expect((await page.goto(`/settings/sessions/${sid}`))?.status()).toBe(404)
  const answer = await me.client.post('/api/auth/sessions/end', { id: stranger.sid })
  expect(answer.status).toBe(404)
  expect((await stranger.client.get('/api/auth/session')).status).toBe(200)
})

test('a long list comes in pages, and counts them all', async ({ page, context, asUser, records }) => {
  const person = await asUser()
  await person.addTo(context)
  await addSessions(records, person.user, 60)
  await page.goto('/settings/sessions')
  await expect(page.getByRole('main')).toContainText('(61 sessions)')
  await expect(sessionItems(page)).toHaveCount(26)
  const pages = page.getByRole('navigation', { name: 'Pages of sessions' })
  await pages.getByRole('link', { name: 'Next page' }).click()
  await expect(sessionItems(page)).toHaveCount(25)
  await expect(page.getByText('This device', { exact: true })).toHaveCount(0)
  await pages.getByRole('link', { name: 'Next page' }).click()
  await expect(sessionItems(page)).toHaveCount(10)
  await expect(pages.getByRole('link', { name: 'Next page' })).toHaveCount(0)
  await pages.getByRole('link', { name: 'First page' }).click()
  await expect(sessionItems(page).first()).toContainText('This device')
})

test('a browser whose session was replaced is told so and can sign in', async ({ page, context, asUser }) => {
  const person = await asUser()
  await person.addTo(context)
  const answer = await person.client.post('/api/auth/reauthenticate', { password: person.password })
  expect(answer.status).toBe(200)
  // The browser still holds the cookies of the session before.
  await page.goto('/settings/sessions')
  await expect(page).toHaveURL(/\/sign-in\?/)
  await expect(said(page)).toContainText('You signed in again in this browser')
  await page.goto('/sign-in')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in')
  await signInOnPages(page, person.email)
  await page.waitForURL('**/dashboard')
})
