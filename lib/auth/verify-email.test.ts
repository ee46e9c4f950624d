// Proving an address: once, in time, with few guesses, and never for the password of somebody else.
import { describe, expect, test } from 'vitest'
import { type PendingSignUp, signUp } from './sign-up'
import { carrying, enrol, noCookies, password, sessionOf } from './testing/people'
import { auditRows, newest, proofsIn, refusalOf } from './testing/records'
import { signIn } from './testing/sign-in'
import { ann, mallory, minute, openTrial, start, type Trial } from './testing/trial'
import { verifyByCode, verifyByToken } from './verify-email'

const email = 'ann@example.com'
const under = async (settings: Record<string, string> = {}) => {
  const trial = await openTrial(settings)
  const pending = await signUp(trial, { name: 'Ann', email, password }, ann, start)
  return { trial, pending, ...proofsIn(newest(trial.mails)) }
}
const byCode = (trial: Trial, code: string, pending: PendingSignUp | null, at = start) =>
  verifyByCode(trial, code, pending, noCookies, ann, at)
const byToken = (trial: Trial, token: string, pending: PendingSignUp | null, at = start) =>
  verifyByToken(trial, token, pending, noCookies, ann, at)
const wrongFor = (code: string, step = 1) => String((Number(code) + step) % 1_000_000).padStart(6, '0')
const userCount = ({ db }: Trial) => db.q.select().from(db.t.users).all().length

describe('a code', () => {
  test('makes the user, signs them in and is noted', async () => {
    const { trial, pending, code } = await under()
    const { user, session } = await byCode(trial, code, pending)
    expect(user).toMatchObject({ email, name: 'Ann', roles: ['user'], demo: false })
    expect(session).toMatchObject({ userId: user.id, amr: ['pwd'], generation: 1, ip: ann.ip })
    expect(auditRows(trial)).toMatchObject([{ event: 'signed_up', userId: user.id, sid: session.id, ip: ann.ip }])
  })

  test('is good once', async () => {
    const { trial, pending, code } = await under()
    await byCode(trial, code, pending)
    expect((await refusalOf(byCode(trial, code, pending))).code).toBe('invalid_code')
    expect(userCount(trial)).toBe(1)
  })

  test('and link, sixteen times at once, make one user', async () => {
    const { trial, pending, code, token } = await under()
    // A browser may try a code five times, so the others come by the link.
    const tries = Array.from({ length: 16 }, (_, i) =>
      i < 4 ? byCode(trial, code, pending) : byToken(trial, token, pending),
    )
    const outcomes = await Promise.allSettled(tries)
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(userCount(trial)).toBe(1)
    expect(trial.db.q.select().from(trial.db.t.sessions).all()).toHaveLength(1)
  })

  test('may be guessed five times by one browser; the sixth is refused even when it is right', async () => {
    const { trial, pending, code } = await under()
    for (let i = 1; i <= 5; i++)
      expect((await refusalOf(byCode(trial, wrongFor(code, i), pending))).code).toBe('invalid_code')
    const refusal = await refusalOf(byCode(trial, code, pending))
    expect(refusal.code).toBe('rate_limited')
    expect(refusal.details.retryAfter).toBeGreaterThan(0)
    expect(userCount(trial)).toBe(0)
  })

  test('may be guessed thirty times in all, however many browsers try', async () => {
    const { trial, pending, code } = await under()
    const attempts = Array.from({ length: 30 }, (_, i) =>
      byCode(trial, wrongFor(code, i + 1), { ...pending, attempt: `browser ${i}` }),
    )
    await Promise.allSettled(attempts)
    expect((await refusalOf(byCode(trial, code, { ...pending, attempt: 'a fresh one' }))).code).toBe('rate_limited')
  })

  test('is too old after half an hour', async () => {
    const { trial, pending, code } = await under()
    expect((await refusalOf(byCode(trial, code, pending, start + 30 * minute))).code).toBe('invalid_code')
    expect(userCount(trial)).toBe(0)
  })

  test('needs a browser with a sign-up under way for that very address', async () => {
    const { trial, pending, code } = await under()
    expect((await refusalOf(byCode(trial, code, null))).code).toBe('invalid_code')
    expect((await refusalOf(byCode(trial, code, { ...pending, email: 'bob@example.com' }))).code).toBe('invalid_code')
  })

  test('lets the session go that this browser carried before', async () => {
    const { trial, pending, code } = await under()
    const other = await enrol(trial)
    const { session } = await verifyByCode(trial, code, pending, carrying(other.tokens), ann, start)
    expect(session.id).not.toBe(other.sid)
    expect(await sessionOf(trial, other.sid)).toMatchObject({ endedReason: 'replaced' })
    expect(await sessionOf(trial, session.id)).toMatchObject({ endedAt: null })
  })
})

describe('a link', () => {
  test('is good once', async () => {
    const { trial, pending, token } = await under()
    expect((await byToken(trial, token, pending)).user.email).toBe(email)
    expect((await refusalOf(byToken(trial, token, pending))).code).toBe('invalid_link')
  })

  test('works in another browser than the one that signed up', async () => {
    const { trial, token } = await under()
    expect((await byToken(trial, token, null)).user.email).toBe(email)
    const { user } = await signIn(trial, { email, password, remember: false }, noCookies, ann, start)
    expect(user.email).toBe(email)
  })

  test('that is cut, changed or too old is refused', async () => {
    const { trial, token } = await under()
    const changed = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`
    for (const text of [token.slice(0, -1), changed, `${token}\0`, token.toLowerCase(), '', `${token} `]) {
      expect((await refusalOf(byToken(trial, text, null))).code).toBe('invalid_link')
    }
    expect((await refusalOf(byToken(trial, token, null, start + 30 * minute))).code).toBe('invalid_link')
    expect(userCount(trial)).toBe(0)
  })
})

describe('a sign-up that somebody else began for the same address', () => {
  const theirs = 'mallory knows this one well'
  const signedInWith = (trial: Trial, text: string) =>
    signIn(trial, { email, password: text, remember: false }, noCookies, ann, start)

  const overtaken = async () => {
    const trial = await openTrial()
    await signUp(trial, { name: 'Mallory', email, password: theirs }, mallory, start)
    const own = await signUp(trial, { name: 'Ann', email, password }, ann, start)
    return { trial, own, ...proofsIn(newest(trial.mails)) }
  }

  test('does not leave its password or name behind when the owner verifies by code', async () => {
    const { trial, own, code } = await overtaken()
    expect((await byCode(trial, code, own)).user.name).toBe('Ann')
    expect((await signedInWith(trial, password)).user.email).toBe(email)
    expect((await refusalOf(signedInWith(trial, theirs))).code).toBe('invalid_credentials')
  })

  test('does not leave its password behind when the owner follows the link in the browser that signed up', async () => {
    const { trial, own, token } = await overtaken()
    await byToken(trial, token, own)
    expect((await refusalOf(signedInWith(trial, theirs))).code).toBe('invalid_credentials')
  })

  test('lends nothing to a browser whose own sign-up is for another address', async () => {
    const { trial, own, token } = await overtaken()
    const other = { ...own, email: 'bob@example.com', name: 'Bob' }
    expect((await refusalOf(byToken(trial, token, other))).code).toBe('invalid_link')
    expect((await byToken(trial, token, own)).user.name).toBe('Ann')
  })

  test('makes the link alone decide nothing: it wants the browser that brings its own password', async () => {
    const { trial, own, code, token } = await overtaken()
    const refusal = await refusalOf(byToken(trial, token, null))
    expect([refusal.code, refusal.details.detail]).toEqual(['invalid_link', expect.stringContaining('more than once')])
    expect((await byCode(trial, code, own)).user.name).toBe('Ann')
  })

  test('with the same password is one person twice, and the link works anywhere', async () => {
    const trial = await openTrial()
    await signUp(trial, { name: 'Ann', email, password }, mallory, start)
    await signUp(trial, { name: 'Ann', email, password }, ann, start)
    expect((await byToken(trial, proofsIn(newest(trial.mails)).token, null)).user.email).toBe(email)
  })
})
