// The worked example of docs/testing.md: back from lunch, signed in again, and back at the same page.
import { signInOnPages } from '../fixtures/forms'
import { expect, test } from '../fixtures/test'

test('whoever was away for an hour is told so, signs in and is back where they were', async ({
  asUser,
  clock,
  context,
  page,
}) => {
  const ann = await asUser({ name: 'Ann Example' })
  await ann.addTo(context)

  await clock.advance('61m')
  await page.goto('/dashboard?from=lunch')

  await expect(page.locator('html')).toHaveAttribute('data-auth-reason', 'idle')
  await expect(page.getByRole('main')).toContainText('You were away for a while')
  await signInOnPages(page, ann.email, ann.password)
  await page.waitForURL('**/dashboard?from=lunch')
})
