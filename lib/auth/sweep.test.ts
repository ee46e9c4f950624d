// The sweep: deletes what has had its time and touches nothing else.
import { expect, test, vi } from 'vitest'
import { log } from '../log'
import { audit } from './audit'
import { signUp } from './sign-up'
import { sweep } from './sweep'
import { enrol, password } from './testing/people'
import { auditNames } from './testing/records'
import { ann, day, hour, minute, openTrial, start, type Trial } from './testing/trial'

const count = (
  { db }: Trial,
  table: 'users' | 'sessions' | 'mailed_tokens' | 'limits' | 'credentials' | 'audit_events' | 'outbox',
): unknown => db.driver.prepare(`SELECT count(*) FROM ${table}`).pluck().get()

test('a sweep of what is young deletes nothing', async () => {
  const trial = await openTrial()
  await enrol(trial, { password })
  await enrol(trial, { demo: true })
  await audit(trial, 'signed_in', ann, start)
  await signUp(trial, { name: 'Bob', email: 'bob@example.com', password }, ann, start)
  // The limiter counts by the real clock.
  trial.db.driver.prepare('UPDATE limits SET expire = ?').run(start + hour)
  const limits = count(trial, 'limits')
  await sweep(trial, start + minute)
  expect([
    count(trial, 'users'),
    count(trial, 'sessions'),
    count(trial, 'mailed_tokens'),
    count(trial, 'limits'),
    auditNames(trial),
  ]).toEqual([2, 2, 1, limits, ['signed_in']])
})

test('mailed tokens and limits go when their time is over', async () => {
  const trial = await openTrial()
  await signUp(trial, { name: 'Bob', email: 'bob@example.com', password }, ann, start)
  await sweep(trial, start + hour)
  expect([count(trial, 'mailed_tokens'), count(trial, 'limits')]).toEqual([0, 0])
})

test('demo users go with their sessions a day after these are over; people stay', async () => {
  const trial = await openTrial()
  await enrol(trial, { password })
  await enrol(trial, { demo: true })
  await sweep(trial, start + 2 * day)
  expect(count(trial, 'users')).toBe(2)
  await sweep(trial, start + 2 * day + 1)
  expect([count(trial, 'users'), count(trial, 'sessions'), count(trial, 'credentials')]).toEqual([1, 1, 1])
})

test('sessions go thirty days after their end, their user stays', async () => {
  const trial = await openTrial()
  await enrol(trial, { password })
  await sweep(trial, start + 31 * day)
  expect(count(trial, 'sessions')).toBe(1)
  await sweep(trial, start + 31 * day + 1)
  expect([count(trial, 'sessions'), count(trial, 'users')]).toEqual([0, 1])
})

test('more old sessions than one step takes all go', { timeout: 30_000 }, async () => {
  const trial = await openTrial()
  const { sid } = await enrol(trial)
  const insert = trial.db.driver.prepare(
    `INSERT INTO sessions SELECT ? AS id, user_id, salt, generation, parent, confirmed, rotated_at, epoch, remember, created_at, last_seen_at, auth_time, amr, idle_expires_at, expires_at, ended_at, ended_reason, ip, user_agent, name, NULL FROM sessions WHERE id = ?`,
  )
  trial.db.driver.transaction(() => {
    for (let i = 0; i < 1200; i++) insert.run(`old ${i}`, sid)
  })()
  await sweep(trial, start + 40 * day)
  expect(count(trial, 'sessions')).toBe(0)
})

test('audit events go after a year', async () => {
  const trial = await openTrial()
  await audit(trial, 'signed_in', ann, start)
  await audit(trial, 'signed_out', ann, start + day)
  await sweep(trial, start + 365 * day + 1)
  expect(auditNames(trial)).toEqual(['signed_out'])
})

test('a few wrong passwords go after thirty days, many after a year', async () => {
  const trial = await openTrial()
  await trial.db.q.insert(trial.db.t.signInFailures).values([
    { key: 'few', failures: 4, waitUntil: start, lastAt: start },
    { key: 'many', failures: 5, waitUntil: start, lastAt: start },
  ])
  const keys = async () => (await trial.db.q.select().from(trial.db.t.signInFailures)).map(({ key }) => key)
  await sweep(trial, start + 30 * day)
  expect(await keys()).toEqual(['few', 'many'])
  await sweep(trial, start + 30 * day + 1)
  expect(await keys()).toEqual(['many'])
  await sweep(trial, start + 365 * day + 1)
  expect(await keys()).toEqual([])
})

test('mail that nobody took for a day is given up with one error, younger mail waits on', async () => {
  const trial = await openTrial()
  const errors = vi.spyOn(log(), 'error')
  const mail = (id: string, createdAt: number) => ({ id, sealed: 'x', attempts: 9, createdAt, dueAt: start + day })
  await trial.db.q
    .insert(trial.db.t.outbox)
    .values([mail('old', start), mail('older', start), mail('young', start + 1)])
  await sweep(trial, start + day)
  expect([count(trial, 'outbox'), errors.mock.calls]).toEqual([3, []])
  await sweep(trial, start + day + 1)
  expect([count(trial, 'outbox'), errors.mock.calls]).toEqual([1, [[{ mails: 2 }, 'mail given up']]])
})

test('a sweep of many rows lets others have their turn between its steps', async () => {
  const trial = await openTrial()
  trial.db.driver
    .prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
       INSERT INTO audit_events (id, at, event, ip, user_agent) SELECT i, ?, 'x', '', '' FROM n`,
    )
    .run(5000, start)
  const seen = new Set<unknown>()
  const looking = setInterval(() => seen.add(count(trial, 'audit_events')), 0)
  await sweep(trial, start + 400 * day)
  clearInterval(looking)
  expect(count(trial, 'audit_events')).toBe(0)
  const between = [...seen].filter((left) => Number(left) > 0 && Number(left) < 5000)
  expect(between.length).toBeGreaterThan(2)
})
