// How long a session lasts: an hour without activity, a day in any case; two weeks and thirty days when kept signed in.
import type { BrowserContext, Page } from '@playwright/test'
import { signInOnPages } from '../fixtures/forms'
import { expect, test } from '../fixtures/test'

const words = {
  idle: 'You were away for a while, so your session ended. Sign in to go on.',
  absolute: 'Your session reached its longest time. Sign in to go on.',
}

/** Asks for the dashboard and is shown the sign-in page, which says why. */
const expectEnd = async (page: Page, reason: keyof typeof words) => {
  await page.goto('/dashboard')
  await page.waitForURL('**/sign-in?**')
  await expect(page.locator('html')).toHaveAttribute('data-auth-reason', reason)
  await expect(page.getByRole('main')).toContainText(words[reason])
}

const expectGuest = async (page: Page) => {
  await expect(page.locator('html')).not.toHaveAttribute('data-auth-reason')
  for (const text of Object.values(words)) await expect(page.getByRole('main')).not.toContainText(text)
}

/** The session as the server has it, asked for with the browser's cookies; asking is activity. */
const currentSession = async (page: Page): Promise<{ id: string; expiresAt: string } | null> => {
  const answer = await page.request.get('/api/auth/session')
  return answer.ok() ? (await answer.json()).session : null
}

const heldAuthCookies = async (context: BrowserContext) =>
  (await context.cookies()).filter(({ name }) => /-(?:at|rt)$/.test(name))

type Life = [
  name: string,
  remember: boolean,
  life: { idle: string; almost: string; looks: number; part: string; parts: number },
]
/** `almost` is a minute less than the idle time, `looks` of them fit before the end; `parts` times `part` is the whole. */
const lives: Life[] = [
  ['an hour, and a day in any case', false, { idle: '1h', almost: '59m', looks: 3, part: '48m', parts: 30 }],
  [
    'two weeks when kept signed in, and thirty days in any case',
    true,
    { idle: '14d', almost: '20159m', looks: 1, part: '10d', parts: 3 },
  ],
]

for (const [name, remember, { idle, almost, looks, part, parts }] of lives) {
  test.describe(`a session lasts ${name}:`, () => {
    test('a look in before the idle end keeps it, none ends it', async ({ asUser, clock, context, page }) => {
      const ann = await asUser({ remember })
      await ann.addTo(context)
      await page.goto('/dashboard')
      for (let i = 0; i < looks; i++) {
        await clock.advance(almost)
        await page.goto('/dashboard')
        await expect(page.getByRole('main')).toContainText(ann.email)
      }
      // Left, as the keeper of an open page would lead to the sign-in page by itself.
      await page.goto('about:blank')
      await clock.advance(idle)
      await expectEnd(page, 'idle')
      expect(await heldAuthCookies(context)).toEqual([])
    })

    test('using it all the time does not make it longer', async ({ asUser, clock, context, page }) => {
      const ann = await asUser({ remember })
      await ann.addTo(context)
      const end = (await currentSession(page))?.expiresAt
      for (let i = 1; i < parts; i++) {
        await clock.advance(part)
        expect(await currentSession(page)).toMatchObject({ id: ann.sid, expiresAt: end })
      }
      // Spent and refreshed many times over, and a minute before its end it still lives.
      expect((await heldAuthCookies(context)).map(({ value }) => value)).not.toContain(ann.tokens.refresh)
      await clock.advance(part)
      await clock.advance('-1m')
      expect(await currentSession(page)).toMatchObject({ id: ann.sid, expiresAt: end })
      await clock.advance('1m')
      await expectEnd(page, 'absolute')
    })

    test('signing in again starts another', async ({ asUser, clock, context, page }) => {
      const ann = await asUser({ remember })
      await ann.addTo(context)
      await clock.advance(idle)
      await expectEnd(page, 'idle')
      if (remember) await page.getByLabel('Keep me signed in').check()
      await signInOnPages(page, ann.email)
      await page.waitForURL('**/dashboard')
      const again = await currentSession(page)
      expect(again?.id).not.toBe(ann.sid)
      await clock.advance(almost)
      expect(await currentSession(page)).toMatchObject({ id: again?.id, expiresAt: again?.expiresAt })
    })
  })
}

for (const [name, headers] of [
  ['a prefetch of the router', { 'next-router-prefetch': '1' }],
  ['a prefetch of the browser', { 'sec-purpose': 'prefetch;prerender' }],
  ['a poll', { 'x-handstamp-background': '1' }],
] as const) {
  test(`${name} is no activity, neither with a good token nor where it is refreshed`, async ({ asUser, clock }) => {
    const [{ client }, { client: active }] = [await asUser(), await asUser()]
    for (const path of ['/dashboard', '/api/auth/session']) {
      // At 2 min the token is good, at 32 min it is spent.
      await clock.advance(path === '/dashboard' ? '2m' : '30m')
      for (let i = 0; i < 2; i++) {
        await client.get(path, headers)
        await active.get('/api/auth/session')
      }
    }
    await clock.advance('29m')
    expect((await active.get('/api/auth/session')).status).toBe(200)
    expect((await client.post('/api/auth/refresh', {})).json).toMatchObject({ reason: 'idle' })
  })
}

test.describe('why a session ended is told', () => {
  test('to the browser that held it, once', async ({ session, browser, context, page }) => {
    const ann = await session({ state: 'idle' })
    await ann.addTo(context)
    await expectEnd(page, 'idle')
    const told = page.url()

    const stranger = await (await browser.newContext()).newPage()
    await stranger.goto(told)
    await expectGuest(stranger)
    await stranger.context().close()
    await page.goto('/sign-in')
    await expectGuest(page)
  })

  test('to nobody who merely knows its id', async ({ session, context, page, baseURL }) => {
    const { sid } = await session({ state: 'idle' })
    const guessed = `${sid}.1.${'A'.repeat(43)}`
    await context.addCookies([{ name: 'handstamp-rt', value: guessed, url: baseURL ?? '', httpOnly: true }])
    await page.goto('/dashboard')
    await page.waitForURL('**/sign-in?**')
    await expect(page.locator('html')).toHaveAttribute('data-auth-reason', 'invalid')
    await expect(page.getByRole('main')).toContainText('Sign in to continue.')
    for (const text of Object.values(words)) await expect(page.getByRole('main')).not.toContainText(text)
  })
})
