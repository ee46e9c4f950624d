// The lab's first screens: what a token is, and what becomes of one that was changed.
import { expect, test } from '../fixtures/test'

test('from the landing page to the first refused token: at most four clicks and a minute', async ({ page }) => {
  const began = performance.now()
  let clicks = 0
  const click = async (role: 'button' | 'link', name: string) => {
    clicks++
    await page.getByRole(role, { name }).first().click()
  }
  await page.goto('/')
  await click('button', 'Try it with a demo session')
  await click('link', 'See your token at work in the lab')
  await click('link', 'Tamper')
  await click('button', 'Be an administrator')
  await expect(page.getByRole('status')).toContainText('Refused at “Signature”')
  await expect(page.locator('[data-refused=signature]')).toContainText(/[0-9]+ µs/)
  expect(clicks).toBeLessThanOrEqual(4)
  expect(performance.now() - began).toBeLessThan(60_000)
})

test('every change is refused but none at all, and the session goes on', async ({ asUser, context, page }) => {
  const { addTo, client } = await asUser()
  await addTo(context)
  await page.goto('/lab/tamper')
  const titles = await page.locator('main form button').allTextContents()
  expect(titles.length).toBeGreaterThan(10)
  for (const title of titles) {
    await page.getByRole('button', { name: title }).click()
    await expect(page.getByRole('heading', { level: 2 })).toHaveText(title)
    const accepted = (await page.getByRole('status').getAttribute('data-verdict')) === 'accepted'
    expect([title, accepted]).toEqual([title, title === 'Change nothing'])
  }
  expect((await client.get('/api/auth/session')).status).toBe(200)
})

test('without scripts a token is taken apart and tampered with', async ({ asUser, browser, app }) => {
  const { client } = await asUser()
  const context = await browser.newContext({
    javaScriptEnabled: false,
    baseURL: app.url,
    extraHTTPHeaders: { cookie: client.header() },
  })
  const page = await context.newPage()
  await page.goto('/lab')
  await expect(page.locator('[data-claim=exp]')).toContainText('Until when it is good.')
  await page.getByRole('link', { name: 'Tamper' }).click()
  await page.getByRole('button', { name: 'Change one bit of the signature' }).click()
  await expect(page.getByRole('status')).toContainText('Refused at “Signature”')
  await context.close()
})

test('a twin is copied by its button, and the copy is announced', async ({ asUser, context, page }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await (await asUser()).addTo(context)
  await page.goto('/lab')
  const twin = page.locator('[data-twin=ES256]')
  await twin.getByText('Show the token').click()
  await twin.getByRole('button', { name: 'Copy the ES256 token' }).click()
  await expect(twin.getByRole('button', { name: 'Copied the ES256 token' })).toBeVisible()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toBe(await twin.locator('code').textContent())
  expect(copied.split('.')).toHaveLength(3)
})

test('where the browser refuses to copy, it says what to do', async ({ asUser, context, page }) => {
  await (await asUser()).addTo(context)
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('no')) } })
  })
  await page.goto('/lab')
  const twin = page.locator('[data-twin=ES256]')
  await twin.getByText('Show the token').click()
  await twin.getByRole('button', { name: 'Copy the ES256 token' }).click()
  await expect(twin.getByRole('button')).toContainText('by hand')
})

test('the twins may be copied, and open nothing: neither page nor handler, as cookie or as bearer', async ({
  asUser,
  context,
  page,
  client,
}) => {
  const { addTo } = await asUser()
  await addTo(context)
  await page.goto('/lab')
  const twins = await page.locator('[data-twin] code').allTextContents()
  expect(twins).toHaveLength(5)
  for (const twin of twins) {
    expect((await client.get('/dashboard', { cookie: `handstamp-at=${twin}` })).status).toBe(307)
    const carried: Record<string, string>[] = [{ cookie: `handstamp-at=${twin}` }, { authorization: `Bearer ${twin}` }]
    for (const headers of carried) expect((await client.get('/api/auth/session', headers)).status).toBe(401)
  }
})

test('the seconds that are left go down, and the parts are shown as they are, the signature alone is not', async ({
  asUser,
  context,
  page,
}) => {
  const { addTo, sid } = await asUser()
  await addTo(context)
  await page.goto('/lab')
  const left = async () => Number(await page.getByRole('timer').textContent())
  const first = await left()
  expect(first).toBeGreaterThan(200)
  await expect.poll(left).toBeLessThan(first)
  const part = (name: string) => page.locator(`[data-part=${name}]`).textContent()
  expect(JSON.parse((await part('Header')) ?? '')).toMatchObject({ alg: 'ES256', typ: 'at+jwt' })
  expect(JSON.parse((await part('Payload')) ?? '')).toMatchObject({ sid: `${sid.slice(0, 6)}…`, gen: 1 })
  expect(await part('Signature')).toBe('•••••••••••• 86 characters')
})

test('somebody without a session is led to sign in, and with LAB=public looks around', async ({
  page,
  launch,
  browser,
}) => {
  await page.goto('/lab')
  await expect(page).toHaveURL(/\/sign-in\?next=%2Flab$/)
  const app = await launch({ LAB: 'public' })
  const context = await browser.newContext({ baseURL: app.url })
  const stranger = await context.newPage()
  for (const path of ['/lab', '/lab/tamper?change=sub', '/lab/request']) {
    expect((await stranger.goto(path))?.status()).toBe(200)
    await expect(stranger.getByRole('main')).toContainText('You have no session here')
  }
  await context.close()
  await app.stop()
})

test('with LAB=off there is no lab, and nothing leads there', async ({ launch, browser }) => {
  const app = await launch({ LAB: 'off' })
  const context = await browser.newContext({ baseURL: app.url })
  const page = await context.newPage()
  await page.goto('/')
  await page.getByRole('button', { name: 'Try it with a demo session' }).first().click()
  await page.waitForURL('**/dashboard')
  await expect(page.getByRole('link', { name: 'Lab' })).toHaveCount(0)
  for (const path of ['/lab', '/lab/request', '/lab/tamper', '/lab/attacks', '/lab/probe', '/api/lab/gate'])
    expect((await page.request.get(path)).status(), path).toBe(404)
  await context.close()
  await app.stop()
})
