// The demo: a user like any other in everything but how long it lasts.
import { expect, test } from 'vitest'
import { findUserByEmail } from '../db/users'
import { checkSession } from './check-session'
import { startDemo } from './demo'
import { carrying, enrol, noCookies, sessionOf } from './testing/people'
import { auditNames, refusalOf } from './testing/records'
import { signIn } from './testing/sign-in'
import { ann, openTrial, start } from './testing/trial'

test('a demo session works at once and belongs to a new user without rights, password or mailbox', async () => {
  const trial = await openTrial()
  const { user, tokens } = await startDemo(trial, noCookies, ann, start)
  expect(user).toMatchObject({ demo: true, roles: ['user'] })
  expect(user.email).toMatch(/@demo\.invalid$/)
  expect(await checkSession(trial, carrying(tokens), start)).toMatchObject({
    ok: true,
    session: { amr: ['demo'], remember: false },
  })
  expect(await findUserByEmail(trial.db, user.email)).toMatchObject({ passwordHash: null })
  expect(trial.mails).toEqual([])
  expect(auditNames(trial)).toEqual(['demo_started'])
})

test('two demos are two people', async () => {
  const trial = await openTrial()
  const demos = await Promise.all([startDemo(trial, noCookies, ann, start), startDemo(trial, noCookies, ann, start)])
  expect(new Set(demos.map(({ user }) => user.id)).size).toBe(2)
})

test('a demo takes the place of the session that the browser carried', async () => {
  const trial = await openTrial()
  const person = await enrol(trial)
  await startDemo(trial, carrying(person.tokens), ann, start)
  expect(await sessionOf(trial, person.sid)).toMatchObject({ endedReason: 'replaced' })
})

test('nobody signs in to a demo user by password', async () => {
  const trial = await openTrial()
  const { user } = await startDemo(trial, noCookies, ann, start)
  const refusal = await refusalOf(
    signIn(trial, { email: user.email, password: '', remember: false }, noCookies, ann, start),
  )
  expect(refusal.code).toBe('invalid_credentials')
})

test('one network cannot make demos without end', async () => {
  const trial = await openTrial()
  for (let i = 0; i < 600; i++) await trial.limits.demoNetwork.consume(ann.network)
  expect((await refusalOf(startDemo(trial, noCookies, ann, start))).code).toBe('rate_limited')
})
