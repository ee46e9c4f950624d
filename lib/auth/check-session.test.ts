// Every reason for which a request is nobody's, and the book-keeping of those that are somebody's.
import { describe, expect, test, vi } from 'vitest'
import { type Carried, readCarried } from '../core/carriers'
import type { EndReason } from '../core/verdict'
import { endSession, type Session } from '../db/sessions'
import { checkSession } from './check-session'
import { mintTokens } from './issue-session'
import { refreshSession } from './refresh'
import { signOut } from './sign-out'
import { carrying, disable, enrol, noCookies, type Person, raiseEpoch, sessionOf } from './testing/people'
import {
  ann,
  authSecret,
  day,
  hour,
  joinTrial,
  minute,
  openTrial,
  otherSecret,
  second,
  start,
  type Trial,
} from './testing/trial'

const withAnn = async () => {
  const trial = await openTrial()
  return { trial, person: await enrol(trial) }
}
const reasonOf = async (trial: Trial, carried: Carried, at = start) => {
  const checked = await checkSession(trial, carried, at)
  return checked.ok ? 'signed in' : checked.reason
}
/** A good token for this person's session as it would be minted at `at`, whatever the row says by then. */
const tokenAt = async (trial: Trial, { user, sid }: Person, at: number, changes: Partial<Session> = {}) =>
  (await mintTokens(trial, user, { ...(await sessionOf(trial, sid)), ...changes }, at)).access

describe('a request', () => {
  test('with both cookies of a session is its user’s', async () => {
    const { trial, person } = await withAnn()
    const checked = await checkSession(trial, carrying(person.tokens), start)
    expect(checked).toMatchObject({
      ok: true,
      user: { id: person.user.id },
      session: { id: person.sid },
      claims: { sid: person.sid, sub: person.user.id, gen: 1 },
    })
  })

  test('with the access cookie alone is its user’s, too', async () => {
    const { trial, person } = await withAnn()
    expect(await reasonOf(trial, carrying({ access: person.tokens.access }))).toBe('signed in')
  })

  test('without an access cookie is nobody’s', async () => {
    const { trial, person } = await withAnn()
    expect(await reasonOf(trial, noCookies)).toBe('missing')
    expect(await reasonOf(trial, carrying({ refresh: person.tokens.refresh }))).toBe('missing')
  })

  test('with a cookie that comes twice is nobody’s', async () => {
    const { trial, person } = await withAnn()
    const { access, refresh } = person.tokens
    for (const header of [
      `handstamp-at=${access}; handstamp-at=${access}`,
      `handstamp-at=${access}; handstamp-rt=${refresh}; handstamp-rt=x`,
    ]) {
      expect(await reasonOf(trial, readCarried(header, false))).toBe('duplicated')
    }
  })

  test('with the cookies of two sessions is nobody’s, even when both are the same person’s', async () => {
    const { trial, person } = await withAnn()
    const other = await enrol(trial)
    expect(await reasonOf(trial, carrying({ access: person.tokens.access, refresh: other.tokens.refresh }))).toBe(
      'mixed_identity',
    )
  })

  test('whose access token is spent, changed or another’s is nobody’s', async () => {
    const { trial, person } = await withAnn()
    const stranger = await enrol(
      await joinTrial((await openTrial({ AUTH_SECRET: otherSecret })).dataDir, { AUTH_SECRET: otherSecret }),
    )
    const { access } = person.tokens
    expect(await reasonOf(trial, carrying({ access }), start + 5 * minute)).toBe('expired')
    expect(await reasonOf(trial, carrying({ access: `${access}A` }))).toBe('signature')
    expect(await reasonOf(trial, carrying(stranger.tokens))).toBe('unknown_kid')
    expect(await reasonOf(trial, carrying({ access: person.tokens.refresh }))).toBe('malformed')
  })

  test('for a session that is not in the table is nobody’s', async () => {
    const { trial, person } = await withAnn()
    trial.db.driver.exec('DELETE FROM sessions')
    expect(await reasonOf(trial, carrying(person.tokens))).toBe('unknown_session')
  })

  test('whose token names another user than the row is nobody’s', async () => {
    const { trial, person } = await withAnn()
    const other = await enrol(trial)
    const { access } = await mintTokens(trial, other.user, await sessionOf(trial, person.sid), start)
    expect(await reasonOf(trial, carrying({ access }))).toBe('wrong_subject')
  })
})

describe('a session that has ended', () => {
  test.each<EndReason>([
    'signed_out',
    'replaced',
    'idle',
    'absolute',
    'reuse',
    'generation_ahead',
    'user_disabled',
    'all_ended',
  ])('as %s is refused at once, for that reason', async (reason) => {
    const { trial, person } = await withAnn()
    expect(await reasonOf(trial, carrying(person.tokens))).toBe('signed in')
    await endSession(trial.db, person.sid, reason, start)
    expect(await reasonOf(trial, carrying(person.tokens))).toBe(reason)
  })

  test('because its user was disabled is refused at once', async () => {
    const { trial, person } = await withAnn()
    disable(trial, person, start)
    expect(await reasonOf(trial, carrying(person.tokens))).toBe('user_disabled')
  })

  test('because all sessions of the user were ended is refused at once', async () => {
    const { trial, person } = await withAnn()
    raiseEpoch(trial, person)
    expect(await reasonOf(trial, carrying(person.tokens))).toBe('all_ended')
  })

  test('because nothing happened for an hour is refused with a fresh token', async () => {
    const { trial, person } = await withAnn()
    const access = await tokenAt(trial, person, start + hour - second)
    expect(await reasonOf(trial, carrying({ access }), start + hour)).toBe('idle')
  })

  test('because its day is over is refused, however busy it was', async () => {
    const { trial, person } = await withAnn()
    trial.db.driver.prepare('UPDATE sessions SET idle_expires_at = ?').run(start + 2 * day)
    const end = start + day
    expect(await reasonOf(trial, carrying({ access: await tokenAt(trial, person, end - second) }), end - second)).toBe(
      'signed in',
    )
    const spent = await tokenAt(trial, person, end - second, { expiresAt: end + hour })
    expect(await reasonOf(trial, carrying({ access: spent }), end)).toBe('absolute')
  })

  test('is refused in every process, whatever it remembers of the token', async () => {
    const { trial, person } = await withAnn()
    const other = await joinTrial(trial.dataDir)
    expect(await reasonOf(other, carrying(person.tokens))).toBe('signed in')
    await signOut(trial, carrying(person.tokens), ann, start)
    expect(await reasonOf(other, carrying(person.tokens))).toBe('signed_out')
  })
})

describe('a generation', () => {
  test('that is the newest or the one before is honoured, an older one and one to come are not', async () => {
    const { trial, person } = await withAnn()
    const accessOf = new Map([[1, person.tokens.access]])
    let refresh = person.tokens.refresh
    for (const generation of [2, 3]) {
      const refreshed = await refreshSession(trial, refresh, ann, start + generation * minute)
      if (!refreshed.ok) throw new Error(refreshed.reason)
      refresh = refreshed.tokens.refresh
      accessOf.set(generation, refreshed.tokens.access)
    }
    const at = start + 3 * minute + second
    const ahead = await tokenAt(trial, person, at, { generation: 4 })
    const reasons = await Promise.all(
      [...accessOf.values(), ahead].map((access) => reasonOf(trial, carrying({ access }), at)),
    )
    expect(reasons).toEqual(['stale_generation', 'signed in', 'signed in', 'stale_generation'])
  })

  test('is confirmed by its first use', async () => {
    const { trial, person } = await withAnn()
    expect((await sessionOf(trial, person.sid)).confirmed).toBe(0)
    await reasonOf(trial, carrying(person.tokens))
    await vi.waitFor(async () => expect((await sessionOf(trial, person.sid)).confirmed).toBe(1))
  })
})

describe('last seen', () => {
  test('is written at most once a minute and moves the idle end', async () => {
    const { trial, person } = await withAnn()
    await reasonOf(trial, carrying(person.tokens), start + 59 * second)
    await vi.waitFor(async () => expect((await sessionOf(trial, person.sid)).confirmed).toBe(1))
    expect(await sessionOf(trial, person.sid)).toMatchObject({ lastSeenAt: start, idleExpiresAt: start + hour })
    await reasonOf(trial, carrying(person.tokens), start + minute)
    await vi.waitFor(async () =>
      expect(await sessionOf(trial, person.sid)).toMatchObject({
        lastSeenAt: start + minute,
        idleExpiresAt: start + minute + hour,
      }),
    )
  })

  test('is written often enough that a short idle time never ends an active session', async () => {
    const trial = await openTrial({ IDLE_TTL: '3s' })
    const person = await enrol(trial)
    for (let at = start + 2 * second; at <= start + 10 * second; at += 2 * second) {
      expect(await checkSession(trial, carrying(person.tokens), at)).toMatchObject({ ok: true })
      await vi.waitFor(async () => expect((await sessionOf(trial, person.sid)).lastSeenAt).toBe(at))
    }
  })

  test('never moves the idle end past the absolute one', async () => {
    const { trial, person } = await withAnn()
    const late = start + day - 10 * minute
    trial.db.driver.prepare('UPDATE sessions SET idle_expires_at = ?').run(late + minute)
    await reasonOf(trial, carrying({ access: await tokenAt(trial, person, late) }), late)
    await vi.waitFor(async () =>
      expect(await sessionOf(trial, person.sid)).toMatchObject({ lastSeenAt: late, idleExpiresAt: start + day }),
    )
  })
})

test('the secret of refresh tokens is not needed to check an access token', async () => {
  const { trial, person } = await withAnn()
  const successor = await joinTrial(trial.dataDir, { AUTH_SECRET: otherSecret, AUTH_SECRET_PREVIOUS: authSecret })
  expect(await reasonOf(successor, carrying(person.tokens))).toBe('signed in')
})
