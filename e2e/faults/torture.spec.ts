// Twelve tabs of one browser on a network that loses answers and delivers others twenty seconds late, while access tokens
// run out: one rotation at most for each grace, nobody is signed out who should not be, and a sign-out is final.
import { randomInt } from 'node:crypto'
import type { BrowserContext, Page } from '@playwright/test'
import { listFamily } from '../../lib/db/rotations'
import { type BadNetwork, type Fate, openBadNetwork } from '../fixtures/bad-network'
import type { Person } from '../fixtures/person'
import { test as base, expect } from '../fixtures/test'

const tabCount = 12
const grace = 30_000

const test = base.extend<{ network12: BadNetwork }>({
  network12: async ({ app }, use) => {
    const network = await openBadNetwork(app)
    await use(network)
    network.deliver()
    await network.close()
  },
})

/** Numbers below 1 that a seed decides, so that a failure can be had again (mulberry32). */
const dice = (seed: number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const seedOf = (title: string) => {
  const seed = Number(process.env.TORTURE_SEED ?? randomInt(1_000_000_000))
  base.info().annotations.push({ type: `TORTURE_SEED of ${title}`, description: String(seed) })
  return seed
}

/** What a tab does by itself or for its person. Answers may never come: that is the point. */
const acts: ((page: Page) => Promise<unknown>)[] = [
  (page) => page.reload({ waitUntil: 'commit', timeout: 5_000 }),
  (page) => page.evaluate(() => fetch('/dashboard', { headers: { RSC: '1' } }).then((answer) => answer.text())),
  (page) =>
    page.evaluate(() =>
      fetch('/settings/sessions', { headers: { RSC: '1', 'Next-Router-Prefetch': '1' } }).then((answer) =>
        answer.text(),
      ),
    ),
  (page) => page.evaluate(() => fetch('/api/auth/session').then((answer) => answer.text())),
  (page) =>
    page.evaluate(() =>
      fetch('/api/theme', { method: 'POST', body: new URLSearchParams({ theme: 'dark', next: '/dashboard' }) }).then(
        (answer) => answer.text(),
      ),
    ),
  (page) => page.evaluate(() => fetch('/api/auth/refresh', { method: 'POST' }).then((answer) => answer.text())),
]

/** Goes on without what takes longer: a held answer comes when the test lets it. */
const patience = (work: Promise<unknown>, most: number): Promise<unknown> =>
  Promise.race([work.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, most))])

const allAct = (pages: readonly Page[], round: number) =>
  Promise.all(pages.map((page, i) => patience(acts[(i + round) % acts.length]?.(page) ?? Promise.resolve(), 3_000)))

const urlOf = ({ urls }: BadNetwork, tab: number): string => urls[tab % urls.length] ?? ''

/** Asks until the answer is one: where twelve tabs at once are too much for a machine, some are told to try again. */
const answerOf = async <T extends { status: (() => number) | number }>(ask: () => Promise<T>): Promise<T> => {
  for (;;) {
    const answer = await ask()
    if ((typeof answer.status === 'number' ? answer.status : answer.status()) !== 503) return answer
  }
}

/** Each tab looks at the dashboard once more, with nothing in the way. */
const lookAgain = (pages: readonly Page[], network: BadNetwork) =>
  Promise.all(
    pages.map((page, i) => {
      const look = () => page.goto(`${urlOf(network, i)}/dashboard`, { timeout: 15_000 })
      return patience(
        answerOf(async () => (await look()) ?? { status: 0 }),
        20_000,
      )
    }),
  )

const onNetwork = async (context: BrowserContext, network: BadNetwork, person: Person): Promise<Page[]> => {
  await person.addTo(context)
  return Promise.all(
    Array.from({ length: tabCount }, async (_, i) => {
      const page = await context.newPage()
      await page.goto(`${urlOf(network, i)}/dashboard`)
      return page
    }),
  )
}

/** Who the browser is signed in as, asked without any trouble on the way. */
const currentSid = async (context: BrowserContext, url: string): Promise<string | null> => {
  const answer = await answerOf(() => context.request.get(`${url}/api/auth/session`))
  return answer.ok() ? (await answer.json()).session.id : null
}

test('tabs, prefetches and a form post on a bad network: nobody is signed out, one rotation for each grace', async ({
  asUser,
  app,
  clock,
  context,
  network12: network,
  records,
}) => {
  test.setTimeout(300_000)
  const chance = dice(seedOf('rounds'))
  const person = await asUser()
  const pages = await onNetwork(context, network, person)
  const fate = (): Fate => {
    const drawn = chance()
    return drawn < 0.2 ? 'lost' : drawn < 0.45 ? 'late' : 'prompt'
  }
  for (let round = 0; round < 6; round++) {
    await clock.advanceServer('5m')
    network.decide(fate)
    await allAct(pages, round)
    // Late by up to twenty seconds, and more requests in between.
    await clock.advanceServer(`${1 + Math.floor(chance() * 20)}s`)
    network.decide(() => 'prompt')
    await allAct(pages, round + 3)
    network.deliver()
    await lookAgain(pages, network)
    for (const page of pages) await expect(page).toHaveURL((url) => url.pathname === '/dashboard')
    expect(await currentSid(context, app.url)).toBe(person.sid)
  }
  const family = await listFamily(records.db, person.sid, 100)
  expect(family.length).toBeGreaterThan(4)
  const times = family.map(({ at }) => at).sort((a, b) => a - b)
  for (const [i, at] of times.entries()) if (i > 0) expect(at - (times[i - 1] ?? 0)).toBeGreaterThan(grace)
})

test('a sign-out while refreshes are under way is final: what they bring late is dead', async ({
  asUser,
  app,
  clock,
  context,
  network12: network,
}) => {
  test.setTimeout(240_000)
  const person = await asUser()
  const pages = await onNetwork(context, network, person)
  await clock.advanceServer('5m')
  network.decide(() => 'late')
  const underWay = allAct(pages.slice(1), 0)
  await expect.poll(network.held).toBeGreaterThan(5)
  // The browser's own cookies, by a connection that no held answer takes.
  const left = await answerOf(() =>
    context.request.post(`${app.url}/api/auth/sign-out`, { headers: { origin: app.url } }),
  )
  expect(left.status()).toBe(204)
  await clock.advanceServer('10s')
  network.decide(() => 'prompt')
  network.deliver()
  await underWay
  expect(await currentSid(context, app.url)).toBeNull()
  await lookAgain(pages, network)
  for (const page of pages) await expect(page).toHaveURL((url) => url.pathname === '/sign-in')
})

test('a stolen cookie that is replayed beside it is found, ends the session and is told by mail', async ({
  asUser,
  app,
  clock,
  context,
  client: thief,
  network12: network,
  mailbox,
}) => {
  test.setTimeout(240_000)
  const person = await asUser()
  const pages = await onNetwork(context, network, person)
  const chance = dice(seedOf('theft'))
  network.decide(() => (chance() < 0.2 ? 'late' : 'prompt'))
  const stolen = (await context.cookies()).find(({ name }) => name.endsWith('-rt'))
  for (let round = 0; round < 2; round++) {
    await clock.advanceServer('5m')
    await allAct(pages, round)
    network.deliver()
    expect(await currentSid(context, app.url)).toBe(person.sid)
  }
  await clock.advanceServer('1m')
  if (stolen) thief.cookies.set(stolen.name, stolen.value)
  const replayed = await answerOf(() => thief.post('/api/auth/refresh', {}))
  expect([replayed.status, replayed.json.reason]).toEqual([401, 'reuse'])
  network.decide(() => 'prompt')
  network.deliver()
  await lookAgain(pages, network)
  for (const page of pages) await expect(page).toHaveURL((url) => url.pathname === '/sign-in')
  expect((await mailbox.waitFor(person.email)).subject).toBe('We ended one of your sessions')
})
