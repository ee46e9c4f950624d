// What follows a sign-in: the mail about a new device and its link, and the end of what is one session too many.
import { describe, expect, test } from 'vitest'
import { checkSession } from './check-session'
import { disownSession, sessionOfLink } from './disown'
import { refreshSession } from './refresh'
import { carrying, enrol, noCookies, password, sessionOf } from './testing/people'
import { auditNames, newest, refusalOf } from './testing/records'
import { signIn } from './testing/sign-in'
import { ann, mallory, minute, openTrial, start, type Trial } from './testing/trial'

const arrive = (trial: Trial, device: string | null = null, at = start, client = ann) =>
  signIn(trial, { email: 'ann@example.com', password, remember: false }, noCookies, { ...client, device }, at)

const withAnn = async (settings = {}) => {
  const trial = await openTrial(settings)
  return { trial, person: await enrol(trial, { email: 'ann@example.com', password }) }
}

const tokenIn = (text: string): string => /\/not-me\/link\?token=([A-Za-z0-9_-]{43})$/m.exec(text)?.[1] ?? ''

describe('a new device', () => {
  test('is told by mail once; the same browser later is not, another one is', async () => {
    const { trial } = await withAnn()
    const { device } = await arrive(trial)
    expect(newest(trial.mails)).toMatchObject({ to: 'ann@example.com', subject: 'New sign-in to your account' })
    await arrive(trial, device, start + minute)
    expect(trial.mails).toHaveLength(1)
    await arrive(trial, null, start + 2 * minute, mallory)
    expect(trial.mails).toHaveLength(2)
    expect(newest(trial.mails).text).toContain('from 198.51.100.x')
    expect(newest(trial.mails).text).not.toContain(mallory.ip)
  })

  test('of one person is none of another’s', async () => {
    const { trial } = await withAnn()
    const { device } = await arrive(trial)
    await enrol(trial, { email: 'bob@example.com', password })
    const bob = { email: 'bob@example.com', password, remember: false }
    const { user } = await signIn(trial, bob, noCookies, { ...ann, device }, start)
    expect(newest(trial.mails).to).toBe(user.email)
  })
})

describe('"this wasn’t me"', () => {
  test('ends that session, for whoever has the mail, and a second time is no error', async () => {
    const { trial } = await withAnn()
    const { session, tokens } = await arrive(trial, null, start, mallory)
    const token = tokenIn(newest(trial.mails).text)
    expect(await sessionOfLink(trial, token, start)).toMatchObject({ session: { id: session.id }, over: false })
    for (let i = 0; i < 2; i++) await disownSession(trial, token, ann, start + minute)
    expect(await sessionOf(trial, session.id)).toMatchObject({ endedReason: 'disowned', endedAt: start + minute })
    expect(await checkSession(trial, carrying(tokens), start + minute)).toEqual({ ok: false, reason: 'disowned' })
    expect(await refreshSession(trial, tokens.refresh, mallory, start + minute)).toEqual({
      ok: false,
      reason: 'disowned',
    })
    expect(auditNames(trial).filter((name) => name === 'session_ended')).toHaveLength(1)
  })

  test('with a token that is none ends nothing', async () => {
    const { trial, person } = await withAnn()
    expect((await refusalOf(disownSession(trial, 'A'.repeat(43), mallory, start))).code).toBe('invalid_link')
    expect((await sessionOf(trial, person.sid)).endedAt).toBeNull()
  })
})

describe('one session too many', () => {
  test('is never the one that has just begun, even where another was seen later by a clock ahead', async () => {
    const { trial } = await withAnn({ MAX_SESSIONS: '1' })
    await arrive(trial, null, start + minute)
    const { tokens } = await arrive(trial, null, start)
    expect(await checkSession(trial, carrying(tokens), start)).toMatchObject({ ok: true })
  })

  test('S15 ends the least recently used, says so to both sides, and never more than is too many', async () => {
    const { trial, person } = await withAnn({ MAX_SESSIONS: '3' })
    const arrivals = []
    for (let i = 1; i <= 4; i++) arrivals.push(await arrive(trial, null, start + i * minute))
    expect(arrivals.map(({ evicted }) => evicted.map(({ id }) => id))).toEqual([
      [],
      [],
      [person.sid],
      [arrivals[0]?.session.id],
    ])
    const { refresh } = person.tokens
    expect(await refreshSession(trial, refresh, ann, start + 5 * minute)).toEqual({ ok: false, reason: 'evicted' })
    for (const { tokens } of arrivals.slice(1))
      expect(await checkSession(trial, carrying(tokens), start + 5 * minute)).toMatchObject({ ok: true })
  })
})
