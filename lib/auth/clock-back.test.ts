// F-42: the clock goes back. Whoever signed in before it did keeps a session that works, and no longer one than it was.
import { describe, expect, test } from 'vitest'
import { endOf } from '../core/session-state'
import { checkSession } from './check-session'
import { refreshSession } from './refresh'
import { carrying, enrol, sessionOf } from './testing/people'
import { ann, hour, openTrial, second, start } from './testing/trial'

describe('after the clock went back by', () => {
  test.each([
    ['an hour', hour],
    ['three seconds', 3 * second],
  ])('%s a session made before is refreshed to a token that is accepted', async (_, back) => {
    const trial = await openTrial()
    const { tokens } = await enrol(trial, { at: start + back })
    const refreshed = await refreshSession(trial, tokens.refresh, ann, start)
    expect(refreshed.ok).toBe(true)
    if (!refreshed.ok) return
    expect(await checkSession(trial, carrying(refreshed.tokens), start)).toMatchObject({ ok: true })
  })

  test('an hour a session ends no later than it would have', async () => {
    const trial = await openTrial()
    const { user, sid, tokens } = await enrol(trial, { at: start + hour })
    const { expiresAt } = await sessionOf(trial, sid)
    await refreshSession(trial, tokens.refresh, ann, start)
    const session = await sessionOf(trial, sid)
    expect(session.expiresAt).toBe(expiresAt)
    expect(endOf({ ...session, idleExpiresAt: Number.POSITIVE_INFINITY }, user, expiresAt)).toBe('absolute')
  })

  test('an hour the list and the keys are made anew', async () => {
    const trial = await openTrial()
    const before = await trial.snapshots(trial, start + hour)
    const after = await trial.snapshots(trial, start)
    expect(after.etag).not.toBe(before.etag)
    expect((await trial.keys(start)).signing.kid).toBe((await trial.keys(start + hour)).signing.kid)
  })
})
