// Handlers ask who is there: a spent access token is refreshed in place, everything else is one answer.
import { describe, expect, test } from 'vitest'
import { signOut } from '../auth/sign-out'
import { turnOn } from '../auth/testing/authenticator'
import { carrying, enrol, noCookies, sessionOf } from '../auth/testing/people'
import { bytesOf, refusalOf } from '../auth/testing/records'
import { ann, hour, minute, openTrial, start, type Trial } from '../auth/testing/trial'
import { type Carried, readCarried } from '../core/carriers'
import { requireFresh, requireSecondFactor, requireSession } from './require-session'

/** Asks as a handler does. @returns who is there and the cookies that go with the answer */
const ask = async (context: Trial, carried: Carried, now: number, background = false) => {
  const setCookies: string[] = []
  const checked = await requireSession({ context, carried, background, client: ann, now, setCookies })
  return { checked, cookies: setCookies }
}

const withAnn = async () => {
  const context = await openTrial()
  return { context, person: await enrol(context) }
}

describe('a session', () => {
  test('with a good access token sets no cookie', async () => {
    const { context, person } = await withAnn()
    const { checked, cookies } = await ask(context, carrying(person.tokens), start)
    expect(checked.user.id).toBe(person.user.id)
    expect(cookies).toEqual([])
  })

  test('with a spent or missing access token is refreshed in place, and the new cookies work', async () => {
    const { context, person } = await withAnn()
    const now = start + 10 * minute
    for (const carried of [carrying(person.tokens), carrying({ refresh: person.tokens.refresh })]) {
      const { checked, cookies } = await ask(context, carried, now)
      expect(checked.session.id).toBe(person.sid)
      const header = cookies.map((cookie) => cookie.split(';')[0]).join('; ')
      const again = await ask(context, readCarried(header, false), now)
      expect(again.cookies).toEqual([])
    }
    expect((await sessionOf(context, person.sid)).generation).toBe(2)
  })

  test('whose refreshed answer gets lost again and again is nobody’s theft', async () => {
    const { context, person } = await withAnn()
    for (let turn = 1; turn <= 4; turn++) {
      const { checked } = await ask(context, carrying(person.tokens), start + turn * 10 * minute)
      expect(checked.session.id).toBe(person.sid)
    }
    expect(await sessionOf(context, person.sid)).toMatchObject({ endedAt: null, confirmed: 1 })
  })

  test('of one person beside the refresh token of another is nobody’s, and nothing is refreshed', async () => {
    const { context, person } = await withAnn()
    const other = await enrol(context)
    const mixed = carrying({ access: person.tokens.access, refresh: other.tokens.refresh })
    expect((await refusalOf(ask(context, mixed, start))).code).toBe('unauthenticated')
    expect((await sessionOf(context, other.sid)).generation).toBe(1)
  })

  test('that ended, was never there or is forged is refused in the same words', async () => {
    const { context, person } = await withAnn()
    const over = await enrol(context)
    await signOut(context, carrying(over.tokens), ann, start)
    const refused = [
      noCookies,
      carrying(over.tokens),
      carrying({ access: over.tokens.access }),
      carrying({ access: 'x', refresh: `${person.sid}.1.${'A'.repeat(43)}` }),
    ]
    const refusals = await Promise.all(refused.map((carried) => refusalOf(ask(context, carried, start))))
    expect(new Set(refusals.map(bytesOf)).size).toBe(1)
    expect(refusals[0]?.code).toBe('unauthenticated')
    expect((await refusalOf(ask(context, carrying(person.tokens), start + hour))).code).toBe('unauthenticated')
  })

  test('with the access token of one and the refresh token of another person is never the first one’s', async () => {
    const { context, person } = await withAnn()
    const other = await enrol(context)
    const carried = carrying({ access: person.tokens.access, refresh: other.tokens.refresh })
    const outcome = await ask(context, carried, start).catch(() => null)
    expect(outcome?.checked.user.id).not.toBe(person.user.id)
  })
})

describe('a request that nobody asked for', () => {
  test('is let in and refreshed, but moves no idle end', async () => {
    const { context, person } = await withAnn()
    const before = await sessionOf(context, person.sid)
    await ask(context, carrying(person.tokens), start + 4 * minute, true)
    const { cookies } = await ask(context, carrying(person.tokens), start + 10 * minute, true)
    expect(cookies).toHaveLength(2)
    const after = await sessionOf(context, person.sid)
    expect(after).toMatchObject({ lastSeenAt: before.lastSeenAt, idleExpiresAt: before.idleExpiresAt, generation: 2 })
    const renewed = readCarried(cookies.map((cookie) => cookie.split(';')[0]).join('; '), false)
    await ask(context, renewed, start + 11 * minute)
    await expect.poll(async () => (await sessionOf(context, person.sid)).idleExpiresAt).toBe(start + 11 * minute + hour)
  })
})

describe('a fresh proof', () => {
  test('is one of the last ten minutes', async () => {
    const { context, person } = await withAnn()
    const fresh = (now: number) =>
      requireFresh({ context, carried: carrying(person.tokens), background: false, client: ann, now, setCookies: [] })
    expect((await fresh(start + 10 * minute - 1)).user.id).toBe(person.user.id)
    expect((await refusalOf(fresh(start + 10 * minute))).code).toBe('reauthentication_required')
  })
})

test('M-8 what needs a second factor is refused to a session that began with one, and said', async () => {
  const { context, person } = await withAnn()
  const ask = (tokens: typeof person.tokens) =>
    requireSecondFactor({
      context,
      carried: carrying(tokens),
      background: false,
      client: ann,
      now: start,
      setCookies: [],
    })
  expect((await refusalOf(ask(person.tokens))).code).toBe('second_factor_required')
  const { tokens, session } = await turnOn(context, {
    user: person.user,
    session: await sessionOf(context, person.sid),
  })
  expect((await ask(tokens)).session.id).toBe(session.id)
})
