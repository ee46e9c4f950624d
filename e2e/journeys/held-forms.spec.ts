// What was typed in a form survives an ended session and a step-up, and goes through once.
import type { Page } from '@playwright/test'
import { password } from '../fixtures/client'
import { addForm, expectSaved, keeperRuns, markKeeper, signInKept, watchPosts } from '../fixtures/kept'
import { expect, test } from '../fixtures/test'

const again = (page: Page) => page.getByRole('dialog', { name: 'Sign in again' })
const sure = (page: Page) => page.getByRole('dialog', { name: 'Confirm it’s you' })
const save = (page: Page) => page.getByRole('button', { name: 'Save the note' })

/** Ends the session behind the page's back. */
const endSession = (page: Page) =>
  page.request.post('/api/auth/sign-out', { data: {}, headers: { 'sec-fetch-site': 'same-origin' } })

/** The server's word on the session, with a proof of long ago. */
const growOld = (page: Page) =>
  page.route('**/api/auth/session', async (route) => {
    const response = await route.fetch()
    if (response.status() !== 200) return route.fulfill({ response })
    const answer = await response.json()
    await route.fulfill({
      response,
      json: { ...answer, session: { ...answer.session, authTime: '2020-01-01T00:00:00Z' } },
    })
  })

test('a form whose session lives goes its way at once', async ({ page, member }) => {
  await signInKept(page, member.email)
  await addForm(page, ['held', 'fresh'])
  const bodies = watchPosts(page)
  await save(page).click()
  await expectSaved(page, bodies)
})

test('a form whose session has ended waits for a sign-in in place, and goes through once', async ({ page, member }) => {
  await signInKept(page, member.email)
  await addForm(page, ['held'])
  const bodies = watchPosts(page)
  await endSession(page)
  // Twice in one go: a pointer's second press may come so late that it lands on the dialog and takes its focus.
  await save(page).evaluate((button: HTMLButtonElement) => {
    button.click()
    button.click()
  })
  const dialog = again(page)
  await expect(dialog).toBeVisible()
  await expect(dialog.getByLabel('Your account')).toHaveValue(member.email)
  await expect(dialog.getByLabel('Your password')).toBeFocused()
  await page.keyboard.type('not the right password')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('alert')).toHaveText(/do not match/)
  await expect(dialog.getByLabel('Your password')).toHaveAttribute('aria-invalid', 'true')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expectSaved(page, bodies)
  await expect(page.getByRole('main')).toContainText(member.email)
})

test('whoever gives up keeps what they typed, and can try again', async ({ page, member }) => {
  await signInKept(page, member.email)
  await addForm(page, ['held'])
  const bodies = watchPosts(page)
  await endSession(page)
  await save(page).click()
  await again(page).getByLabel('Your password').fill('half a passw')
  await page.keyboard.press('Escape')
  await expect(again(page)).toBeHidden()
  await expect(save(page)).toBeFocused()
  await expect(page.getByLabel('Note')).toHaveValue('What nobody wants to type twice')
  expect(bodies).toEqual([])
  await page.keyboard.press('Enter')
  await expect(again(page).getByLabel('Your password')).toHaveValue('')
  await again(page).getByRole('button', { name: 'Not now' }).click()
  await save(page).click()
  await again(page).getByLabel('Your password').fill(password)
  await again(page).getByRole('button', { name: 'Sign in', exact: true }).click()
  await expectSaved(page, bodies)
})

test('a sign-in in another tab lets the form go too', async ({ page, context, member }) => {
  await signInKept(page, member.email)
  await addForm(page, ['held'])
  const bodies = watchPosts(page)
  await endSession(page)
  await save(page).click()
  await expect(again(page)).toBeVisible()
  const other = await context.newPage()
  await signInKept(other, member.email)
  await expectSaved(page, bodies)
})

test('too many wrong passwords are told with the time to wait', async ({ page, member }) => {
  await signInKept(page, member.email)
  await addForm(page, ['held'])
  await endSession(page)
  for (let i = 0; i < 10; i++)
    await page.request.post('/api/auth/sign-in', {
      data: { email: member.email, password: `wrong password ${i}` },
      headers: { 'sec-fetch-site': 'same-origin' },
    })
  await save(page).click()
  await again(page).getByLabel('Your password').fill(password)
  await again(page).getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(again(page).getByRole('alert')).toHaveText(/^Too many attempts\. Try again in .*(minute|second)s?\.$/)
})

test('a server out of reach while the form is sent leaves it to the browser', async ({ page, member }) => {
  await signInKept(page, member.email)
  await addForm(page, ['held'])
  const bodies = watchPosts(page)
  await page.route('**/api/auth/session', (route) => route.abort())
  await save(page).click()
  await expectSaved(page, bodies)
})

test('somebody else in this browser can’t send what this person typed', async ({ page, context, member }) => {
  await signInKept(page, member.email)
  await addForm(page, ['held'])
  const bodies = watchPosts(page)
  await page.request.post('/api/auth/demo', { data: {}, headers: { 'sec-fetch-site': 'same-origin' } })
  await save(page).click()
  await expect(page.getByRole('dialog', { name: 'Somebody else is signed in now' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByLabel('Note')).toHaveValue('What nobody wants to type twice')
  expect(bodies).toEqual([])
  expect((await context.cookies()).length).toBeGreaterThan(0)
})

test('a sensitive form asks for the password when the last proof is old, and goes through once', async ({
  page,
  member,
}) => {
  await signInKept(page, member.email)
  await addForm(page, ['fresh'])
  const bodies = watchPosts(page)
  await growOld(page)
  await save(page).click()
  await expect(sure(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(save(page)).toBeFocused()
  expect(bodies).toEqual([])
  await page.keyboard.press('Enter')
  await sure(page).getByLabel('Your password').fill('not the right password')
  await page.keyboard.press('Enter')
  await expect(sure(page).getByRole('alert')).toHaveText(/not your password/)
  await sure(page).getByLabel('Your password').fill(password)
  await page.keyboard.press('Enter')
  await expectSaved(page, bodies)
})

test('a step-up whose session ended meanwhile becomes a sign-in, and the form still goes', async ({ page, member }) => {
  await signInKept(page, member.email)
  await addForm(page, ['fresh'])
  const bodies = watchPosts(page)
  await growOld(page)
  await save(page).click()
  await expect(sure(page)).toBeVisible()
  await endSession(page)
  await sure(page).getByLabel('Your password').fill(password)
  await page.keyboard.press('Enter')
  await again(page).getByLabel('Your password').fill(password)
  await page.keyboard.press('Enter')
  await expectSaved(page, bodies)
})

test('a demo user confirms with one press', async ({ page }) => {
  await markKeeper(page)
  await page.goto('/')
  await page.getByRole('button', { name: 'Try it with a demo session' }).first().click()
  await page.waitForURL('**/dashboard')
  await keeperRuns(page)
  await addForm(page, ['fresh'])
  const bodies = watchPosts(page)
  await growOld(page)
  await save(page).click()
  await expect(sure(page).getByLabel('Your password')).toHaveCount(0)
  await sure(page).getByRole('button', { name: 'Confirm' }).click()
  await expectSaved(page, bodies)
})
