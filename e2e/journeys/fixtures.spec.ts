// The fixtures keep what they promise, so that the tests that stand on them mean something.
import { openClient } from '../fixtures/client'
import { decode } from '../fixtures/decode'
import { signInOnPages, signOutOnPage } from '../fixtures/forms'
import { keeperRuns, markKeeper } from '../fixtures/kept'
import { serverAhead } from '../fixtures/server-time'
import { sessionStates } from '../fixtures/session-state'
import { expect, test } from '../fixtures/test'

const minute = 60_000

test.describe('asUser', () => {
  test('makes somebody who is signed in, in a program and in a browser', async ({ asUser, context, page, mailbox }) => {
    const ann = await asUser({ name: 'Ann Known' })
    expect((await ann.client.get('/api/auth/session')).json).toMatchObject({
      user: { id: ann.user.id, name: 'Ann Known', email: ann.email, roles: ['user'] },
      session: { id: ann.sid },
    })
    await ann.addTo(context)
    await page.goto('/dashboard')
    await expect(page.getByRole('main')).toContainText(ann.email)
    expect(await mailbox.all(ann.email)).toEqual([])
  })

  test('makes an account that signs in by its password', async ({ asUser, page }) => {
    const { email, password } = await asUser()
    await page.goto('/sign-in')
    await signInOnPages(page, email, password)
    await page.waitForURL('**/dashboard')
  })

  test('makes somebody else each time', async ({ asUser }) => {
    const [ann, ben] = [await asUser(), await asUser()]
    expect(ann.email).not.toBe(ben.email)
    expect((await ann.client.post('/api/auth/sign-out', {})).status).toBe(204)
    expect((await ann.client.get('/api/auth/session')).status).toBe(401)
    expect((await ben.client.get('/api/auth/session')).status).toBe(200)
  })
})

test.describe('session', () => {
  test('fresh: is let in as it is', async ({ session }) => {
    const answer = await (await session({ state: 'fresh' })).client.get('/api/auth/session')
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, []])
  })

  test('access-expired: is refreshed on the way', async ({ session, context, page }) => {
    const ann = await session({ state: 'access-expired' })
    await ann.addTo(context)
    await page.goto('/dashboard')
    await expect(page.getByRole('main')).toContainText(ann.email)
    expect((await context.cookies()).find(({ name }) => name === 'handstamp-rt')?.value).not.toBe(ann.tokens.refresh)
  })

  for (const [state, reason, remember] of [
    ['idle', 'idle', false],
    ['idle', 'idle', true],
    ['absolute', 'absolute', false],
    ['absolute', 'absolute', true],
    ['revoked', 'signed_out', false],
    ['reused', 'reuse', false],
  ] as const) {
    test(`${state}${remember ? ', kept signed in' : ''}: has ended, and is told why`, async ({ session }) => {
      const { client } = await session({ state, remember })
      expect(await client.post('/api/auth/refresh', {})).toMatchObject({
        status: 401,
        json: { code: 'session_ended', reason },
      })
    })
  }

  test('revoked: holds a token that is good but for the session', async ({ session }) => {
    const { client, tokens } = await session({ state: 'revoked' })
    expect(Number(decode(tokens.access).claims.exp) * 1000).toBeGreaterThan(Date.now())
    expect((await client.get('/api/auth/session')).status).toBe(401)
  })

  test('reused: its owner is told by mail', async ({ session, mailbox }) => {
    const { client, email } = await session({ state: 'reused' })
    await client.get('/api/auth/session')
    expect((await mailbox.waitFor(email)).subject).toBe('We ended one of your sessions')
  })

  test('stale-role: the token says more than the user may do', async ({ session }) => {
    const { client, tokens } = await session({ state: 'stale-role' })
    expect(decode(tokens.access).claims.roles).toEqual(['user', 'admin'])
    expect((await client.get('/api/auth/session')).json).toMatchObject({ user: { roles: ['user'] } })
  })

  for (const state of ['foreign-audience', 'key-retired'] as const) {
    test(`${state}: the token is refused, the session goes on by its refresh token`, async ({
      app,
      network,
      session,
    }) => {
      const { client, tokens } = await session({ state })
      const bare = openClient(app.url, network)
      bare.cookies.set('handstamp-at', tokens.access)
      expect((await bare.get('/api/auth/session')).status).toBe(401)
      expect((await client.get('/api/auth/session')).status).toBe(200)
    })
  }

  test('every state can be made', async ({ session }) => {
    expect(sessionStates).toHaveLength(9)
    for (const state of sessionStates) expect((await session({ state })).sid).toMatch(/^[\w-]{22}$/)
  })
})

test.describe('clock', () => {
  // One worker for both, so that the second finds what the first has left.
  test.describe.configure({ mode: 'serial' })

  test('moves the server, its gate and the pages together', async ({ app, asUser, clock, context, page }) => {
    const { client, tokens, addTo } = await asUser()
    await addTo(context)
    await page.goto('/dashboard')
    await page.evaluate(() => {
      setTimeout(() => {
        document.title = 'the time has come'
      }, 15 * 60_000)
    })
    client.cookies.delete('handstamp-rt')
    // At an address where nothing is, the gate alone decides by the token: nothing there, or sign in.
    const atTheGate = async () => (await client.get('/nowhere')).status
    expect(await atTheGate()).toBe(404)

    await clock.advance('16m')
    expect(Math.abs((await serverAhead(app)) - 16 * minute)).toBeLessThan(3_000)
    expect(Math.abs((await page.evaluate(() => Date.now())) - Date.now() - 16 * minute)).toBeLessThan(3_000)
    expect(Math.abs(clock.now() - Date.now() - 16 * minute)).toBeLessThan(100)
    await expect(page).toHaveTitle('the time has come')
    expect(await atTheGate()).toBe(307)
    const later = await context.newPage()
    await later.goto('/')
    expect(Math.abs((await later.evaluate(() => Date.now())) - Date.now() - 16 * minute)).toBeLessThan(3_000)

    await clock.advance('-16m')
    expect(Math.abs(await serverAhead(app))).toBeLessThan(3_000)
    expect(Math.abs((await page.evaluate(() => Date.now())) - Date.now())).toBeLessThan(3_000)
    client.cookies.set('handstamp-at', tokens.access)
    expect(await atTheGate()).toBe(404)
    await clock.advance('3h')
  })

  test('is right again for the next test, and the gate learns of ended sessions as ever', async ({ app, asUser }) => {
    expect(Math.abs(await serverAhead(app))).toBeLessThan(3_000)
    const { client, tokens } = await asUser()
    expect((await client.post('/api/auth/sign-out', {})).status).toBe(204)
    client.cookies.set('handstamp-at', tokens.access)
    await expect.poll(async () => (await client.get('/nowhere')).status).toBe(307)
  })

  test('takes durations as settings do, and nothing else', async ({ clock }) => {
    for (const by of ['', '16', '1h30m', '0s', 'soon'])
      await expect(clock.advance(by)).rejects.toThrow('is no duration')
  })
})

test('tabs share one session: sign-out in one is sign-out in all', async ({ asUser, context, tabs }) => {
  const ann = await asUser()
  await markKeeper(context)
  const pages = await tabs(3, { of: ann, at: '/dashboard' })
  expect(context.pages()).toHaveLength(3)
  for (const page of pages) {
    await expect(page.getByRole('main')).toContainText(ann.email)
    await keeperRuns(page)
  }
  const [first, ...others] = pages
  if (!first) throw new Error('There is no tab')
  await signOutOnPage(first)
  for (const page of others) {
    await expect(page).toHaveURL((url) => url.pathname === '/')
    await page.goto('/dashboard')
    await page.waitForURL('**/sign-in?**')
  }
})
