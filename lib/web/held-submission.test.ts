// A submission that came too late goes through once, for the person who sent it and from the page that asked for a proof.
import { describe, expect, test, vi } from 'vitest'
import { prepareSession } from '../auth/issue-session'
import { enrol, type Person, sessionOf } from '../auth/testing/people'
import { ann, openTrial, start, type Trial } from '../auth/testing/trial'
import { carriesNothing } from '../core/carriers'
import { insertSession } from '../db/sessions'
import type { Flow } from './flow'
import { resumeHeld } from './held-submission'
import type { Call } from './route'

const callOf = (context: Trial, flow: Flow): Call<unknown> => ({
  request: new Request('http://localhost:3000/api/auth/sign-in', { method: 'POST' }),
  context,
  now: start,
  client: ann,
  carried: carriesNothing('missing'),
  background: false,
  form: true,
  fields: {},
  typed: {},
  flow,
  setCookies: [],
})

const held = (person: Person, action: string, fields: Record<string, string>): Flow => ({
  held: { id: 'one', action, as: person.user.id, fields },
})

const withAnn = async () => {
  const context = await openTrial()
  const person = await enrol(context)
  return { context, person, holder: { user: person.user, session: await sessionOf(context, person.sid) } }
}

describe('a held submission', () => {
  test('goes through once, however often the seal comes', async () => {
    const { context, person, holder } = await withAnn()
    const flow = held(person, 'rename_session', { id: person.sid, name: 'Desk' })
    const outcomes = await Promise.all([1, 2, 3].map(() => resumeHeld(callOf(context, flow), holder, 'one')))
    expect(outcomes.filter((outcome) => outcome !== null)).toEqual([
      { page: '/settings/sessions', code: 'done', text: 'The new name is kept.' },
    ])
    expect((await sessionOf(context, person.sid)).name).toBe('Desk')
  })

  test.each([
    ['of somebody else', 'another', 'one'],
    ['that the page did not ask for', 'own', undefined],
    ['of which the page names another', 'own', 'two'],
  ])('%s is left alone', async (_, whose, asked) => {
    const { context, person, holder } = await withAnn()
    const sender = whose === 'own' ? person : await enrol(context)
    const flow = held(sender, 'rename_session', { id: person.sid, name: 'Desk' })
    expect(await resumeHeld(callOf(context, flow), holder, asked)).toBeNull()
    expect((await sessionOf(context, person.sid)).name).toBeNull()
  })

  test('of an unknown action does nothing', async () => {
    const { context, person, holder } = await withAnn()
    expect(await resumeHeld(callOf(context, held(person, 'constructor', {})), holder, 'one')).toBeNull()
  })

  test('that is wrong by then says so and changes nothing', async () => {
    const { context, person, holder } = await withAnn()
    const other = await enrol(context)
    const flow = held(person, 'end_session', { id: other.sid })
    expect(await resumeHeld(callOf(context, flow), holder, 'one')).toMatchObject({ code: 'not_found' })
    expect((await sessionOf(context, other.sid)).endedAt).toBeNull()
  })

  test('that ends the others hands the session that goes on its new access token', async () => {
    const { context, person, holder } = await withAnn()
    const more = await prepareSession(context, person.user, { amr: ['pwd'], remember: false }, ann, start)
    await insertSession(context.db, more.session)
    const call = callOf(context, held(person, 'end_other_sessions', {}))
    expect(await resumeHeld(call, holder, 'one')).toMatchObject({ text: 'Your one other session has ended.' })
    expect(call.setCookies.map((cookie) => cookie.split('=')[0])).toEqual(['handstamp-at'])
    await vi.waitFor(async () => expect((await sessionOf(context, person.sid)).epoch).toBe(1))
  })
})
