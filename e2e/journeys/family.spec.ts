// The family of a session's refresh tokens, as its owner sees it.
import { now } from '../../lib/clock'
import { noteRotation } from '../../lib/db/rotations'
import { advanceLineage, endSession } from '../../lib/db/sessions'
import { addSessions, expect, test } from '../fixtures/elsewhere'
import { disclose, said } from '../fixtures/settings-page'

const generations = (page: import('@playwright/test').Page) => page.locator('[data-slot="generation"]')

test('a session that was never refreshed has one generation, in use', async ({ page, context, asUser }) => {
  const person = await asUser()
  await person.addTo(context)
  await page.goto(`/settings/sessions/${person.sid}`)
  await expect(generations(page)).toHaveCount(1)
  await expect(generations(page)).toContainText('Began with the sign-in')
  await expect(generations(page)).toContainText('In use now')
  await expect(page.getByRole('main')).toContainText('In a healthy family')
})

test('each refresh adds a generation on top', async ({ page, context, asUser, clock }) => {
  const person = await asUser()
  await person.addTo(context)
  await clock.advance('6m')
  await page.goto(`/settings/sessions/${person.sid}`)
  await clock.advance('6m')
  await page.goto(`/settings/sessions/${person.sid}`)
  await expect(generations(page)).toHaveCount(3)
  await expect(generations(page).first()).toContainText('Generation 3')
  await expect(generations(page).nth(1)).toContainText('Replaced by generation 3')
  await expect(generations(page).last()).toContainText('Generation 1')
})

test('repeats, losses and a copy that came back are told in words, however old', async ({
  page,
  context,
  asUser,
  records,
}) => {
  const person = await asUser()
  await person.addTo(context)
  const [sid = ''] = await addSessions(records, person.user, 1)
  const { db } = records
  const seen = { lastSeenAt: now(), idleExpiresAt: now() + 3_600_000 }
  const lineage = { generation: 1, parent: 0, confirmed: 0, rotatedAt: 0 }
  await advanceLineage(db, sid, lineage, { generation: 70, parent: 69, confirmed: 70, rotatedAt: now() }, seen)
  await endSession(db, sid, 'reuse', now())
  const note = (generation: number, event: Parameters<typeof noteRotation>[2]) =>
    noteRotation(db, { sid, generation, parent: generation - 1, at: now() - (70 - generation) * 60_000 }, event)
  for (let generation = 2; generation <= 70; generation++) await note(generation, 'rotated')
  for (const event of ['repeated', 'repeated', 'lost'] as const) await note(69, event)
  await note(3, 'reused')
  await page.goto(`/settings/sessions/${sid}`)
  await expect(page.getByRole('main')).toContainText('Ended by us: an old copy of it was used')
  await expect(generations(page)).toHaveCount(51)
  await expect(generations(page).first()).toContainText('The last one')
  await expect(generations(page).nth(1)).toContainText('Handed out again 2 times')
  await expect(generations(page).nth(1)).toContainText('lost once')
  await expect(generations(page).last()).toContainText('Generation 3')
  await expect(generations(page).last()).toContainText('came back after its successor was in use')
  await expect(page.getByRole('main')).toContainText('19 older generations are not shown.')
})

test('a session can be ended from its own page', async ({ page, context, asUser, records }) => {
  const person = await asUser()
  await person.addTo(context)
  const [sid = ''] = await addSessions(records, person.user, 1)
  await page.goto(`/settings/sessions/${sid}`)
  await disclose(page, 'End session')
  await page.getByRole('button', { name: 'End it now' }).click()
  await expect(said(page)).toContainText('That session has ended.')
  await page.goto(`/settings/sessions/${sid}`)
  await expect(page.getByRole('main')).toContainText('Ended from another device')
  await expect(page.getByRole('button', { name: 'End it now' })).toHaveCount(0)
})
