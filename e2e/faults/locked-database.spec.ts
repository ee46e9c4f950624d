// Another process holds the database's write lock: reads and the gate go on, writes answer 503 and lose nothing.
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { databaseFile } from '../../lib/db/sqlite'
import { password } from '../fixtures/client'
import { signInOnPages } from '../fixtures/forms'
import { measured } from '../fixtures/measured'
import { expect, test } from '../fixtures/test'

// These tests lock the one database of their app, so they take turns.
test.describe.configure({ mode: 'serial' })
test.use({ settings: { ACCESS_TTL: '3s', ROTATION_GRACE: '1s' } })

const lock = (dataDir: string): (() => void) => {
  const holder = new Database(databaseFile(dataDir))
  holder.exec('BEGIN IMMEDIATE')
  return () => holder.close()
}

test('while it is locked a refresh answers 503, clears nothing, and works afterwards', async ({ app, member }) => {
  const { client } = member
  const cookies = new Map(client.cookies)
  const release = lock(app.dataDir)
  const refused = await client.post('/api/auth/refresh', {})
  const looked = await client.get('/api/auth/session')
  release()
  expect(refused.status).toBe(503)
  expect(refused.json.code).toBe('temporarily_unavailable')
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(refused.headers.getSetCookie()).toEqual([])
  expect(looked.status).toBe(200)
  expect(new Map(client.cookies)).toEqual(cookies)
  expect((await client.post('/api/auth/refresh', {})).status).toBe(200)
})

test('a person who signs in meanwhile is asked to try again, and what they typed is kept', async ({
  app,
  page,
  member,
}) => {
  await page.goto('/sign-in')
  const release = lock(app.dataDir)
  await signInOnPages(page, member.email)
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Nothing was lost')
  release()
  await expect(page.getByLabel('Email address')).toHaveValue(member.email)
  await signInOnPages(page, member.email)
  await page.waitForURL('**/dashboard')
})

test('a page whose access token has expired says so instead of signing anybody out', async ({
  app,
  page,
  context,
  member,
}) => {
  await page.goto('/sign-in')
  await signInOnPages(page, member.email)
  await page.waitForURL('**/dashboard')
  // No page of ours is open meanwhile: its keeper would refresh.
  await page.goto('about:blank')
  await page.waitForTimeout(3_200)
  const release = lock(app.dataDir)
  const response = await page.goto('/dashboard')
  release()
  expect(response?.status()).toBe(503)
  expect((await context.cookies()).some(({ name }) => name === 'handstamp-rt')).toBe(true)
  await page.getByRole('link', { name: 'Try again' }).click()
  await page.waitForURL('**/dashboard')
})

test('a short lock is waited out', async ({ app, member }) => {
  const release = lock(app.dataDir)
  const waiting = member.client.post('/api/auth/sign-in', { email: member.email, password })
  await new Promise((resolve) => setTimeout(resolve, 400))
  release()
  expect((await waiting).status).toBe(200)
})

test('a sign-out that could not be written says so, and leaves the person signed in', async ({ app, page, member }) => {
  await page.goto('/sign-in')
  await signInOnPages(page, member.email)
  await page.waitForURL('**/dashboard')
  const release = lock(app.dataDir)
  await page.getByRole('button', { name: 'Sign out' }).first().click()
  await expect(page.getByRole('main').getByRole('alert')).toContainText('try again')
  release()
  await page.goto('/dashboard')
  await expect(page.getByRole('main')).toContainText(member.email)
  await page.getByRole('button', { name: 'Sign out' }).first().click()
  await page.waitForURL((url) => url.pathname === '/' && url.search === '')
})

const LOCKED_FOR = 3_000

/** Longest answer, milliseconds, of a handler that needs no database, asked again and again until told to stop. */
const longestAnswer = async (url: string, until: Promise<unknown>): Promise<number> => {
  let [running, longest] = [true, 0]
  void until.then(() => {
    running = false
  })
  while (running) {
    const asked = performance.now()
    await fetch(`${url}/api/health/live`)
    longest = Math.max(longest, performance.now() - asked)
  }
  return longest
}

test('F-05 locked for 3 s by another process: the event loop goes on, writes answer 503 and clear nothing, then work', async ({
  app,
  asUser,
}) => {
  await asUser()
  const ten = () => Promise.all(Array.from({ length: 10 }, () => asUser()))
  const work = (among: Awaited<ReturnType<typeof ten>>) =>
    Promise.all([
      Promise.all(among.map(({ client }) => client.get('/dashboard'))),
      Promise.all(among.map(({ client }) => client.post('/api/auth/refresh', {}))),
    ])
  // The same work by others, with nothing locked: what is judged is what the lock adds.
  const unlocked = work(await ten())
  const busy = await longestAnswer(app.url, Promise.all([unlocked, sleep(1_500)]))
  const people = await ten()
  const release = lock(app.dataDir)
  const over = sleep(LOCKED_FOR)
  const stalled = longestAnswer(app.url, over)
  const [looked, refused] = await work(people)
  await over
  release()
  for (const { status, headers } of refused) {
    expect([status, headers.getSetCookie()]).toEqual([503, []])
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  }
  expect(looked.map(({ status }) => status)).toEqual(Array(10).fill(200))
  for (const { client } of people) expect((await client.post('/api/auth/refresh', {})).status).toBe(200)
  const longest = await stalled
  measured('longest answer meanwhile', `${Math.round(longest)} ms (${Math.round(busy)} ms without the lock)`)
  // One probe of the lock blocks for 20 ms; whoever waited it out in the event loop would block for all of it.
  expect(longest).toBeLessThan(LOCKED_FOR - 500)
})
