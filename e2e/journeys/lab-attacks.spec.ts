// The lab's attacks on the running app: by its page, with and without scripts, and by the command.

import { runProgram } from '../../lib/db/testing/lock-holder'
import { attacks } from '../../lib/lab/attacks/table'
import { look } from '../fixtures/accessible'
import { gotoKept } from '../fixtures/kept'
import { expect, test } from '../fixtures/test'

const everything = `${attacks.length} of ${attacks.length} attacks run, ${attacks.length * 4} times refused, none accepted.`

test('every attack is refused at the four surfaces, run in a browser with a bar that fills', async ({
  asUser,
  context,
  page,
}) => {
  test.setTimeout(150_000)
  expect(attacks.length).toBeGreaterThanOrEqual(30)
  const { addTo, tokens } = await asUser()
  await addTo(context)
  await gotoKept(page, '/lab/attacks')
  const button = page.getByRole('button', { name: `Run all ${attacks.length} attacks` })
  await button.click()
  await expect(page.getByRole('progressbar')).toBeVisible()
  await expect(page.getByRole('main').getByRole('status')).toContainText(everything, { timeout: 60_000 })
  await expect(page.locator('[data-verdict=refused]')).toHaveCount(attacks.length * 4)
  await expect(page.locator('[data-faults]')).toHaveCount(0)
  const html = await page.content()
  expect(tokens.access.split('.').filter((part) => html.includes(part))).toEqual([])
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })

  test('the form runs them all and the page comes back with the results; a card runs one', async ({
    asUser,
    context,
    page,
  }) => {
    const { addTo } = await asUser()
    await addTo(context)
    await page.goto('/lab/attacks')
    await page.getByRole('button', { name: /^Run all/ }).click()
    await expect(page.getByRole('main').getByRole('status')).toContainText(everything)
    await expect(page.locator('[data-verdict=refused]')).toHaveCount(attacks.length * 4)
    await page.getByRole('button', { name: /^Run ?: The public key as the password$/ }).click()
    await expect(page.locator('[data-attack]')).toHaveCount(1)
    await expect(page.locator('[data-attack=A05-public-key] [data-verdict=refused]')).toHaveCount(4)
    await page.goto('/lab/probe')
    await page.getByRole('button', { name: 'Ask the action' }).click()
    await expect(page.getByText('The action says: somebody is signed in.')).toBeVisible()
  })
})

test('an attack that is accepted, and a run that fails, are said loudly, and axe finds nothing', async ({
  asUser,
  context,
  page,
}) => {
  test.setTimeout(150_000)
  const { addTo } = await asUser()
  await addTo(context)
  const surfaces = { edge: 'refused', page: 'accepted', handler: 'refused', action: 'error' }
  const faults = ['accepted by page', 'no verdict from action']
  await page.route('**/api/lab/attacks', (route) =>
    route.fulfill({ json: { results: [{ id: 'A01-none', surfaces, faults }] } }),
  )
  await gotoKept(page, '/lab/attacks')
  await page.getByRole('button', { name: /^Run all/ }).click()
  const alarm = page.getByRole('main').getByRole('alert')
  await expect(alarm).toContainText('not refused everywhere')
  await expect(page.locator('[data-faults]').first()).toContainText('accepted by page; no verdict from action')
  await expect(page.locator('[data-verdict=accepted]').first()).toHaveText('Accepted')
  await page.locator('[data-card=B06-sql] summary').click()
  await look(page, 'a loud failure')
  await page.unroute('**/api/lab/attacks')
  await page.route('**/api/lab/attacks', (route) => route.abort())
  await page.getByRole('button', { name: /^Run all/ }).click()
  await expect(alarm).toContainText('The server did not answer')
})

test('axe finds nothing on the probe', async ({ asUser, context, page }) => {
  const { addTo } = await asUser()
  await addTo(context)
  await page.goto('/lab/probe?said=refused')
  await look(page, 'the probe')
})

test('a run needs a session, our own origin and a name that exists; it ends with the session', async ({
  asUser,
  client,
}) => {
  const { client: own } = await asUser()
  expect((await client.post('/api/lab/attacks', {})).status).toBe(401)
  const foreign = { 'sec-fetch-site': 'cross-site' }
  expect((await own.post('/api/lab/attacks', {}, foreign)).json).toMatchObject({ code: 'forbidden_origin' })
  const unknown = await own.post('/api/lab/attacks', { only: 'A01-none constructor' })
  expect([unknown.status, unknown.json.code]).toEqual([422, 'invalid_fields'])
  const one = await own.post('/api/lab/attacks', { only: 'A01-none' })
  expect(one.json).toEqual({
    results: [
      {
        id: 'A01-none',
        surfaces: { edge: 'refused', page: 'refused', handler: 'refused', action: 'refused' },
        faults: [],
      },
    ],
  })
  await own.post('/api/auth/sign-out', {})
  expect((await own.post('/api/lab/attacks', { only: 'A01-none' })).status).toBe(401)
})

test('a session whose access token is spent is renewed first, and the run goes on with the new one', async ({
  session,
}) => {
  const { client } = await session({ state: 'access-expired' })
  const renewed = await client.post('/api/lab/attacks', { only: 'T01-roles' })
  expect([renewed.status, renewed.headers.get('location')]).toEqual([307, '/api/lab/attacks'])
  const again = await client.post('/api/lab/attacks', { only: 'T01-roles' })
  expect(again).toMatchObject({ status: 200, json: { results: [{ id: 'T01-roles', faults: [] }] } })
})

test('one session runs its attacks one at a time, and not without end', async ({ asUser }) => {
  const { client } = await asUser()
  const together = await Promise.all([1, 2, 3].map(() => client.post('/api/lab/attacks', {})))
  expect(together.map(({ status }) => status).sort()).toEqual([200, 429, 429])
  const statuses: number[] = []
  for (let i = 0; i < 60; i++) statuses.push((await client.post('/api/lab/attacks', { only: 'A01-none' })).status)
  expect([statuses.filter((status) => status === 200).length, statuses.at(-1)]).toEqual([57, 429])
})

test('npm run attacks finds every attack refused, as an account that is named', async ({ app, asUser }) => {
  const { email, password } = await asUser()
  const variables = { ATTACKS_EMAIL: email, ATTACKS_PASSWORD: password }
  const { code, said } = await runProgram(variables, '--import', 'tsx', 'scripts/attacks.ts', '--url', app.url)
  expect(said).toContain(`${attacks.length} attacks at 4 surfaces: 0 accepted, 0 disagreements. All refused.`)
  expect(code).toBe(0)
})
