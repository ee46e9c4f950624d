// Step-up and a new password: each gives this browser a new sid, and a sign-out in the meantime stands.
import { describe, expect, test } from 'vitest'
import { changePassword } from './change-password'
import { checkSession } from './check-session'
import { disownSession, makeDisownLink } from './disown'
import { endOtherSessions, type Holder, renameOwnSession } from './own-sessions'
import { reauthenticate } from './reauthenticate'
import { refreshSession } from './refresh'
import { signOut } from './sign-out'
import { carrying, enrol, noCookies, password, sessionOf } from './testing/people'
import { auditNames, newest, refusalOf } from './testing/records'
import { signIn } from './testing/sign-in'
import { ann, hour, mallory, minute, openTrial, start, type Trial } from './testing/trial'

const fresh = 'copper lantern drifts eastward'

const withPassword = async (settings = {}) => {
  const trial = await openTrial(settings)
  const person = await enrol(trial, { email: 'ann@example.com', password })
  const holder: Holder = { user: person.user, session: await sessionOf(trial, person.sid) }
  return { trial, person, holder }
}

const signInAgain = (trial: Trial, typed: string) =>
  signIn(trial, { email: 'ann@example.com', password: typed, remember: false }, noCookies, ann, start)

describe('a step-up', () => {
  test('S03 gives a new sid and a new proof; the old tokens are dead and say why', async () => {
    const { trial, person, holder } = await withPassword()
    const at = start + 30 * minute
    const issued = await reauthenticate(trial, holder, { password }, ann, at)
    expect(issued.session).toMatchObject({ authTime: at, amr: ['pwd'], remember: false, name: null })
    expect(issued.session.id).not.toBe(person.sid)
    expect(await checkSession(trial, carrying(issued.tokens), at)).toMatchObject({ ok: true })
    expect(await refreshSession(trial, person.tokens.refresh, ann, at)).toEqual({ ok: false, reason: 'replaced' })
    expect(auditNames(trial)).toEqual(['reauthenticated'])
  })

  test('with a wrong password changes nothing but the count of tries, and is noted', async () => {
    const { trial, person, holder } = await withPassword()
    for (let i = 0; i < 5; i++)
      expect((await refusalOf(reauthenticate(trial, holder, { password: 'not this one' }, mallory, start))).code).toBe(
        'invalid_credentials',
      )
    expect((await refusalOf(reauthenticate(trial, holder, { password }, mallory, start))).code).toBe('rate_limited')
    expect(await sessionOf(trial, person.sid)).toMatchObject({ endedAt: null, authTime: start })
    expect(new Set(auditNames(trial))).toEqual(new Set(['reauthentication_failed']))
  })

  test('without a password is refused, but for a demo user, who has none', async () => {
    const { trial, holder } = await withPassword()
    expect((await refusalOf(reauthenticate(trial, holder, null, ann, start))).code).toBe('invalid_fields')
    const guest = await enrol(trial, { demo: true })
    const here = { user: guest.user, session: await sessionOf(trial, guest.sid) }
    expect((await reauthenticate(trial, here, null, ann, start + hour / 2)).session.authTime).toBe(start + hour / 2)
  })

  test('takes the lifetime, the name and the link of a mail along', async () => {
    const { trial, person, holder } = await withPassword()
    const link = await makeDisownLink(trial, person.sid)
    await renameOwnSession(trial, holder, person.sid, 'Desk')
    const now = { user: person.user, session: await sessionOf(trial, person.sid) }
    const { session, tokens } = await reauthenticate(trial, now, { password }, mallory, start + hour / 2)
    expect(session).toMatchObject({ name: 'Desk', expiresAt: now.session.expiresAt })
    await disownSession(trial, new URL(link).searchParams.get('token') ?? '', ann, start + hour / 2)
    expect(await checkSession(trial, carrying(tokens), start + hour / 2)).toEqual({ ok: false, reason: 'disowned' })
  })

  test('beside the end of all others by the same session leaves it alive, in the new epoch', async () => {
    const { trial, person, holder } = await withPassword()
    await endOtherSessions(trial, holder, ann, start)
    // The holder was read before that.
    const { session, tokens } = await reauthenticate(trial, holder, { password }, ann, start)
    expect(session.epoch).toBe(1)
    expect(await checkSession(trial, carrying(tokens), start)).toMatchObject({ ok: true })
    expect((await sessionOf(trial, person.sid)).endedReason).toBe('replaced')
    expect((await refusalOf(endOtherSessions(trial, holder, ann, start))).code).toBe('unauthenticated')
  })

  test('twice at once gives one new session', async () => {
    const { trial, holder } = await withPassword()
    const both = await Promise.allSettled([1, 2].map(() => reauthenticate(trial, holder, { password }, ann, start)))
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const rows = await trial.db.q.select().from(trial.db.t.sessions)
    expect(rows.filter(({ endedAt }) => endedAt === null)).toHaveLength(1)
  })

  test('that a sign-out overtook signs nobody in', async () => {
    const { trial, person, holder } = await withPassword()
    await signOut(trial, carrying(person.tokens), ann, start)
    expect((await refusalOf(reauthenticate(trial, holder, { password }, ann, start))).code).toBe('unauthenticated')
    const live = await trial.db.q.select().from(trial.db.t.sessions)
    expect(live.filter(({ endedAt }) => endedAt === null)).toEqual([])
  })
})

describe('a new password', () => {
  test('P12, S12 ends every other session, keeps this browser under a new sid, tells by mail, and alone works', async () => {
    const { trial, person, holder } = await withPassword()
    const other = await signInAgain(trial, password)
    const issued = await changePassword(trial, holder, { currentPassword: password, newPassword: fresh }, ann, start)
    expect(await checkSession(trial, carrying(issued.tokens), start)).toMatchObject({ ok: true })
    expect(issued.session.id).not.toBe(person.sid)
    for (const { refresh } of [other.tokens, person.tokens]) {
      const outcome = await refreshSession(trial, refresh, ann, start)
      expect(outcome).toMatchObject({ ok: false })
    }
    expect(await refreshSession(trial, other.tokens.refresh, ann, start)).toEqual({
      ok: false,
      reason: 'password_changed',
    })
    expect(newest(trial.mails)).toMatchObject({ to: 'ann@example.com', subject: 'Your password was changed' })
    expect(JSON.stringify(trial.mails)).not.toContain(fresh)
    expect((await refusalOf(signInAgain(trial, password))).code).toBe('invalid_credentials')
    expect((await signInAgain(trial, fresh)).user.id).toBe(person.user.id)
  })

  test.each([
    ['the wrong current one', 'not this one at all', fresh, 'invalid_credentials'],
    ['a short new one', password, 'short', 'invalid_fields'],
    ['one made of the own address', password, 'ann@example.com ann', 'invalid_fields'],
  ])('with %s is refused and changes nothing', async (_, currentPassword, newPassword, code) => {
    const { trial, person, holder } = await withPassword()
    const attempt = changePassword(trial, holder, { currentPassword, newPassword }, ann, start)
    expect((await refusalOf(attempt)).code).toBe(code)
    expect(await sessionOf(trial, person.sid)).toMatchObject({ endedAt: null, epoch: 0 })
    expect(trial.mails).toEqual([])
    expect((await signInAgain(trial, password)).user.id).toBe(person.user.id)
  })

  test('twice at once is changed once', async () => {
    const { trial, holder } = await withPassword()
    const both = [fresh, `${fresh} again`].map((newPassword) =>
      changePassword(trial, holder, { currentPassword: password, newPassword }, ann, start),
    )
    const outcomes = await Promise.allSettled(both)
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(trial.mails).toHaveLength(1)
  })

  test('J10 that a sign-out overtook changes nothing and signs nobody in', async () => {
    const { trial, person, holder } = await withPassword()
    await signOut(trial, carrying(person.tokens), ann, start)
    const attempt = changePassword(trial, holder, { currentPassword: password, newPassword: fresh }, ann, start)
    expect((await refusalOf(attempt)).code).toBe('unauthenticated')
    const live = await trial.db.q.select().from(trial.db.t.sessions)
    expect(live.filter(({ endedAt }) => endedAt === null)).toEqual([])
  })

  test('is not for demo users', async () => {
    const { trial } = await withPassword()
    const guest = await enrol(trial, { demo: true })
    const here = { user: guest.user, session: await sessionOf(trial, guest.sid) }
    const attempt = changePassword(trial, here, { currentPassword: password, newPassword: fresh }, ann, start)
    expect((await refusalOf(attempt)).code).toBe('forbidden')
  })
})
