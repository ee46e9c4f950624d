// Handlers ask who is there: a spent access token is refreshed in place, everything else is one answer.
import { describe, expect, test } from 'vitest'
import { signOut } from '../auth/sign-out'
import { carrying, enrol, noCookies, sessionOf } from '../auth/testing/people'
import { bytesOf, refusalOf } from '../auth/testing/records'
import { ann, hour, minute, openTrial, start } from '../auth/testing/trial'
import { readCarried } from '../core/carriers'
import { requireSession } from './require-session'

const withAnn = async () => {
  const context = await openTrial()
  return { context, person: await enrol(context) }
}

describe('a session', () => {
  test('with a good access token sets no cookie', async () => {
    const { context, person } = await withAnn()
    const { checked, cookies } = await requireSession({
      context,
      carried: carrying(person.tokens),
      client: ann,
      now: start,
    })
    expect(checked.user.id).toBe(person.user.id)
    expect(cookies).toEqual([])
  })

  test('with a spent or missing access token is refreshed in place, and the new cookies work', async () => {
    const { context, person } = await withAnn()
    const now = start + 10 * minute
    for (const carried of [carrying(person.tokens), carrying({ refresh: person.tokens.refresh })]) {
      const { checked, cookies } = await requireSession({ context, carried, client: ann, now })
      expect(checked.session.id).toBe(person.sid)
      const header = cookies.map((cookie) => cookie.split(';')[0]).join('; ')
      const again = await requireSession({ context, carried: readCarried(header, false), client: ann, now })
      expect(again.cookies).toEqual([])
    }
    expect((await sessionOf(context, person.sid)).generation).toBe(2)
  })

  test('of one person beside the refresh token of another is nobody’s, and nothing is refreshed', async () => {
    const { context, person } = await withAnn()
    const other = await enrol(context)
    const mixed = carrying({ access: person.tokens.access, refresh: other.tokens.refresh })
    expect((await refusalOf(requireSession({ context, carried: mixed, client: ann, now: start }))).code).toBe(
      'unauthenticated',
    )
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
    const refusals = await Promise.all(
      refused.map((carried) => refusalOf(requireSession({ context, carried, client: ann, now: start }))),
    )
    expect(new Set(refusals.map(bytesOf)).size).toBe(1)
    expect(refusals[0]?.code).toBe('unauthenticated')
    expect(
      (await refusalOf(requireSession({ context, carried: carrying(person.tokens), client: ann, now: start + hour })))
        .code,
    ).toBe('unauthenticated')
  })

  test('with the access token of one and the refresh token of another person is never the first one’s', async () => {
    const { context, person } = await withAnn()
    const other = await enrol(context)
    const carried = carrying({ access: person.tokens.access, refresh: other.tokens.refresh })
    const outcome = await requireSession({ context, carried, client: ann, now: start }).catch(() => null)
    expect(outcome?.checked.user.id).not.toBe(person.user.id)
  })
})
