// More sign-ins than are kept at once: the one unused for longest ends, and both sides say so.
import { expect, test } from '../fixtures/elsewhere'
import { endedItems, said, sessionItems } from '../fixtures/settings-page'

test.use({ settings: { MAX_SESSIONS: '2' } })

test('the third sign-in ends the first', async ({ page, context, asUser, elsewhere }) => {
  const person = await asUser()
  await person.addTo(context)
  await elsewhere(person.email)
  const third = await elsewhere(person.email)
  await expect(said(third)).toContainText('You were signed in at too many places')
  await third.goto('/settings/sessions')
  await expect(sessionItems(third)).toHaveCount(2)
  await expect(endedItems(third).first()).toContainText('Ended to make room')
  await page.goto('/dashboard')
  await expect(page).toHaveURL(/\/sign-in\?/)
  await expect(said(page)).toContainText('You signed in at more places than this service keeps at once')
})
