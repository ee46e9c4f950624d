// Handlers asked by bearer token: the same person as by cookie, never two at once, and no way to live on.
import { describe, expect, test } from 'vitest'
import { mintTokens } from '../auth/issue-session'
import { grantOfSession, mintServiceToken } from '../auth/service-token'
import { signOut } from '../auth/sign-out'
import { carrying, disable, enrol, type Person, raiseEpoch, sessionOf } from '../auth/testing/people'
import { refusalOf } from '../auth/testing/records'
import { ann, minute, openTrial, second, start, type Trial } from '../auth/testing/trial'
import { type Carried, readCarriedByHandler } from '../core/carriers'
import { requireBrowser, requireSession } from './require-session'

const billing = 'https://billing.example'

const withTwo = async () => {
  const context = await openTrial({ SERVICE_AUDIENCES: billing })
  return { context, ann: await enrol(context), bob: await enrol(context) }
}
const bearerOf = async (context: Trial, { user, sid }: Person, audience = context.env.JWT_AUDIENCE, at = start) =>
  (await mintServiceToken(context, grantOfSession({ user, session: await sessionOf(context, sid) }), audience, at))
    .token
const sending = (authorization: string, cookie?: string): Carried =>
  readCarriedByHandler(new Headers({ authorization, ...(cookie && { cookie }) }), false)
const beside = (bearer: string, carried: Carried): Carried => ({ ...carried, bearer })

const ask = async (context: Trial, carried: Carried, now = start) => {
  const setCookies: string[] = []
  const { user } = await requireSession({ context, carried, background: false, client: ann, now, setCookies })
  return { id: user.id, cookies: setCookies.length }
}
const refused = async (context: Trial, carried: Carried, now = start) =>
  (await refusalOf(ask(context, carried, now))).code

describe('a bearer token for ourselves', () => {
  test('is its user’s request, without a cookie in or out', async () => {
    const { context, ann } = await withTwo()
    const token = await bearerOf(context, ann)
    for (const scheme of ['Bearer', 'bearer'])
      expect(await ask(context, sending(`${scheme} ${token}`))).toEqual({ id: ann.user.id, cookies: 0 })
  })

  test('beside the cookies of its own session is that session, which is refreshed in place', async () => {
    const { context, ann } = await withTwo()
    const now = start + 10 * minute
    expect(await ask(context, beside(await bearerOf(context, ann), carrying(ann.tokens)))).toMatchObject({ cookies: 0 })
    const late = await bearerOf(context, ann, undefined, now)
    expect(await ask(context, beside(late, carrying(ann.tokens)), now)).toEqual({ id: ann.user.id, cookies: 2 })
  })

  test('beside anybody else’s cookies is nobody’s, and nothing is refreshed', async () => {
    const { context, ann, bob } = await withTwo()
    const token = await bearerOf(context, ann)
    for (const cookies of [
      carrying(bob.tokens),
      carrying({ access: bob.tokens.access }),
      carrying({ refresh: bob.tokens.refresh }),
      carrying({ access: ann.tokens.access, refresh: bob.tokens.refresh }),
    ])
      expect(await refused(context, beside(token, cookies))).toBe('unauthenticated')
    const late = start + 10 * minute
    const fresh = await bearerOf(context, ann, undefined, late)
    expect(await refused(context, beside(fresh, carrying(bob.tokens)), late)).toBe('unauthenticated')
    expect((await sessionOf(context, bob.sid)).generation).toBe(1)
  })

  test('beside another session of the same person is nobody’s', async () => {
    const { context, ann, bob } = await withTwo()
    const other = await mintTokens(context, ann.user, await sessionOf(context, bob.sid), start)
    expect(await refused(context, beside(await bearerOf(context, ann), carrying(other)))).toBe('unauthenticated')
  })

  test('that is bad is not made good by cookies beside it', async () => {
    const { context, ann } = await withTwo()
    const own = `handstamp-at=${ann.tokens.access}; handstamp-rt=${ann.tokens.refresh}`
    for (const header of ['Bearer', 'Bearer x', 'Bearer a b', `Bearer ${ann.tokens.access}`])
      expect([header.slice(0, 10), await refused(context, sending(header, own))]).toEqual([
        header.slice(0, 10),
        'unauthenticated',
      ])
    expect(await ask(context, sending('Basic eDp5', own))).toEqual({ id: ann.user.id, cookies: 0 })
  })

  test('hands out no token and changes no way to sign in', async () => {
    const { context, ann: person } = await withTwo()
    const carried = sending(`Bearer ${await bearerOf(context, person)}`)
    const call = { context, carried, background: false, client: ann, now: start, setCookies: [] }
    expect((await refusalOf(requireBrowser(call))).code).toBe('forbidden')
  })
})

describe('a bearer token is refused', () => {
  const table: [sentence: string, token: (context: Trial, ann: Person) => Promise<string>, at?: number][] = [
    ['the token of a cookie', async (_, ann) => ann.tokens.access],
    ['a refresh token', async (_, ann) => ann.tokens.refresh],
    ['a token for a service', (context, ann) => bearerOf(context, ann, billing)],
    ['one that is over', (context, ann) => bearerOf(context, ann), start + 300 * second],
  ]
  test.each(table)('%s', async (_, token, at) => {
    const { context, ann } = await withTwo()
    expect(await refused(context, sending(`Bearer ${await token(context, ann)}`), at)).toBe('unauthenticated')
  })

  const ends: [sentence: string, end: (context: Trial, person: Person) => unknown][] = [
    ['its session was ended', (context, person) => signOut(context, carrying(person.tokens), ann, start)],
    ['its user was disabled', (context, person) => disable(context, person, start)],
    ['all sessions of its user were ended', (context, person) => raiseEpoch(context, person)],
  ]
  test.each(ends)('once %s', async (_, end) => {
    const { context, ann } = await withTwo()
    const carried = sending(`Bearer ${await bearerOf(context, ann)}`)
    expect(await ask(context, carried)).toMatchObject({ id: ann.user.id })
    await end(context, ann)
    expect(await refused(context, carried)).toBe('unauthenticated')
  })
})
