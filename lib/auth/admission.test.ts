// Between a first factor and the second there is no session.
import { expect, test } from 'vitest'
import { admit } from './admission'
import { enrol, noCookies } from './testing/people'
import { ann, minute, openTrial, start } from './testing/trial'

const withApp = async (confirmedAt: number | null) => {
  const trial = await openTrial()
  const { user } = await enrol(trial)
  await trial.db.q.insert(trial.db.t.totp).values({ userId: user.id, sealedSecret: 'x', createdAt: start, confirmedAt })
  const sessions = () => trial.db.q.select().from(trial.db.t.sessions)
  return {
    user,
    sessions,
    arrive: (amr: string[]) => admit(trial, user, { amr, remember: true }, noCookies, ann, start),
  }
}

test('who has a second factor is asked for it, and no session exists before that', async () => {
  const { user, sessions, arrive } = await withApp(start)
  const before = (await sessions()).length
  const admission = await arrive(['pwd'])
  expect(admission).toMatchObject({
    admitted: false,
    methods: ['totp', 'recovery_code'],
    pending: { userId: user.id, epoch: 0, amr: ['pwd'], remember: true, until: start + 5 * minute },
  })
  expect(await sessions()).toHaveLength(before)
})

test('who proved several factors is asked nothing more', async () => {
  const { arrive } = await withApp(start)
  expect(await arrive(['hwk', 'user', 'mfa'])).toMatchObject({
    admitted: true,
    signedIn: { session: { amr: ['hwk', 'user', 'mfa'] } },
  })
})

test('an app that was never confirmed is no second factor', async () => {
  const { arrive } = await withApp(null)
  expect(await arrive(['pwd'])).toMatchObject({ admitted: true, signedIn: { session: { amr: ['pwd'] } } })
})
