// Turning the authenticator app on and off: by the factor itself, every other session over, and the owner told.
import { describe, expect, test } from 'vitest'
import { findTotp, hasTotp } from '../db/totp'
import { admit } from './admission'
import { beginEnrolment, confirmEnrolment, enrolmentOf, removeAuthenticator, renewRecoveryCodes } from './authenticator'
import { checkSession } from './check-session'
import { reauthenticate } from './reauthenticate'
import { resealTotp } from './reseal'
import { turnOn } from './testing/authenticator'
import { carrying, enrol, noCookies, password, sessionOf } from './testing/people'
import { auditNames, refusalOf } from './testing/records'
import { ann, authSecret, joinTrial, minute, openTrial, otherSecret, start } from './testing/trial'
import { codeAt } from './totp-code'

const later = start + minute
const email = 'ann@example.com'

const withAnn = async () => {
  const trial = await openTrial()
  const person = await enrol(trial, { email, password })
  return { trial, person, holder: { user: person.user, session: await sessionOf(trial, person.sid) } }
}
const withApp = async () => {
  const { trial, person, holder } = await withAnn()
  const app = await turnOn(trial, holder)
  trial.mails.length = 0
  return { trial, person, app }
}

describe('turning it on', () => {
  test('S12 ends every other session, gives this one a new sid with both factors, and tells the owner', async () => {
    const { trial, person, holder } = await withAnn()
    const elsewhere = await enrol(trial, { email: 'x@example.com' })
    const enrolment = beginEnrolment(holder, start)
    expect(await hasTotp(trial.db, person.user.id)).toBe(false)
    const code = codeAt(enrolment.secret, start)
    const { session, tokens, codes } = await confirmEnrolment(trial, holder, enrolment, code, ann, start)
    expect(session.amr).toEqual(['pwd', 'otp', 'mfa'])
    expect(session.id).not.toBe(person.sid)
    expect(await checkSession(trial, carrying(tokens), start)).toMatchObject({ ok: true })
    expect(await checkSession(trial, carrying(person.tokens), start)).toMatchObject({ ok: false })
    expect(await checkSession(trial, carrying(elsewhere.tokens), start)).toMatchObject({ ok: true })
    expect(new Set(codes).size).toBe(10)
    expect(trial.mails).toMatchObject([{ to: email, subject: 'Your authenticator app is on' }])
    expect(auditNames(trial)).toContain('totp_added')
  })

  test('MF09 takes a code of the very secret, of this browser, this person and these ten minutes', async () => {
    const { trial, person, holder } = await withAnn()
    const enrolment = beginEnrolment(holder, start)
    const code = codeAt(enrolment.secret, start)
    const bob = await enrol(trial, { email: 'bob@example.com' })
    const his = { user: bob.user, session: await sessionOf(trial, bob.sid) }
    const late = start + 10 * minute
    const attempts = [
      confirmEnrolment(trial, holder, enrolment, '000000', ann, start),
      confirmEnrolment(trial, holder, undefined, code, ann, start),
      confirmEnrolment(trial, his, enrolment, code, ann, start),
      confirmEnrolment(trial, holder, enrolment, codeAt(enrolment.secret, late), ann, late),
    ]
    for (const attempt of attempts) expect((await refusalOf(attempt)).code).toBe('invalid_code')
    expect(await hasTotp(trial.db, person.user.id)).toBe(false)
    expect(enrolmentOf(enrolment, his, start)).toBeNull()
    expect(trial.mails).toEqual([])
  })

  test('keeps the secret sealed, and through a change of AUTH_SECRET', async () => {
    const { trial, app } = await withApp()
    const rows = JSON.stringify(await trial.db.q.select().from(trial.db.t.totp))
    expect(rows).not.toContain(app.secret)
    const replaced = { AUTH_SECRET: otherSecret, AUTH_SECRET_PREVIOUS: authSecret }
    const next = await joinTrial(trial.dataDir, replaced)
    await next.keys(later)
    expect(await resealTotp(next)).toBe(1)
    expect(await resealTotp(next)).toBe(0)
    // The old one is taken away.
    const after = await joinTrial(trial.dataDir, { AUTH_SECRET: otherSecret })
    expect(await resealTotp(after)).toBe(0)
    const proof = { method: 'totp', code: app.code(later) } as const
    expect(await removeAuthenticator(after, app, proof, ann, later)).toBeTruthy()
  })

  test('M-6 MF09 puts no other app in the place of one that is on, nor the same one once more', async () => {
    const { trial, app } = await withApp()
    const before = await findTotp(trial.db, app.user.id)
    const other = beginEnrolment(app, later)
    const again = { userId: app.user.id, secret: app.secret, until: later + minute }
    for (const enrolment of [other, again]) {
      const code = codeAt(enrolment.secret, later)
      const { code: refused } = await refusalOf(confirmEnrolment(trial, app, enrolment, code, ann, later))
      expect(refused).toBe('forbidden')
    }
    expect(await findTotp(trial.db, app.user.id)).toEqual(before)
    expect(trial.mails).toEqual([])
  })

  test('is not for a demo user', async () => {
    const { trial } = await withAnn()
    const guest = await enrol(trial, { demo: true })
    const holder = { user: guest.user, session: await sessionOf(trial, guest.sid) }
    expect(() => beginEnrolment(holder, start)).toThrow(/demo user/)
  })
})

describe('turning it off, and new recovery codes', () => {
  test('M-6 MF06 take the factor, not just the session', async () => {
    const { trial, app } = await withApp()
    const wrong = { method: 'totp', code: '000000' } as const
    expect((await refusalOf(removeAuthenticator(trial, app, wrong, ann, later))).code).toBe('invalid_code')
    expect((await refusalOf(renewRecoveryCodes(trial, app, wrong, ann, later))).code).toBe('invalid_code')
    expect(await hasTotp(trial.db, app.user.id)).toBe(true)
  })

  test('off ends every other session, leaves this one with one factor, and tells the owner', async () => {
    const { trial, app } = await withApp()
    const proof = { method: 'recovery_code', code: app.codes[0] } as const
    const { session, tokens } = await removeAuthenticator(trial, app, proof, ann, later)
    expect(session.amr).toEqual(['pwd'])
    expect(await checkSession(trial, carrying(tokens), later)).toMatchObject({ ok: true })
    expect(await hasTotp(trial.db, app.user.id)).toBe(false)
    expect(await trial.db.q.select().from(trial.db.t.recoveryCodes)).toEqual([])
    expect(trial.mails.map(({ subject }) => subject)).toContain('Your authenticator app is off')
  })

  test('off leaves a session of a passkey its two factors', async () => {
    const { trial, app } = await withApp()
    const amr = ['hwk', 'user', 'mfa']
    const admission = await admit(trial, app.user, { amr, remember: false }, noCookies, ann, later)
    if (!admission.admitted) throw new Error('They were let in before')
    const proof = { method: 'totp', code: app.code(later) } as const
    const { session } = await removeAuthenticator(trial, admission.signedIn, proof, ann, later)
    expect(session.amr).toEqual(amr)
  })

  test('new codes take the place of the old ones', async () => {
    const { trial, app } = await withApp()
    const codes = await renewRecoveryCodes(trial, app, { method: 'totp', code: app.code(later) }, ann, later)
    expect(codes).toHaveLength(10)
    const [old] = app.codes
    const former = { method: 'recovery_code', code: old } as const
    expect((await refusalOf(renewRecoveryCodes(trial, app, former, ann, later))).code).toBe('invalid_code')
    expect(trial.mails.map(({ subject }) => subject)).toContain('You have new recovery codes')
  })
})

test('a step-up takes a code of the app in place of the password, once', async () => {
  const { trial, app } = await withApp()
  const code = app.code(later)
  const issued = await reauthenticate(trial, app, { code }, ann, later)
  expect(issued.session).toMatchObject({ authTime: later, amr: ['pwd', 'otp', 'mfa'] })
  const holder = { user: issued.user, session: issued.session }
  expect((await refusalOf(reauthenticate(trial, holder, { code }, ann, later))).code).toBe('invalid_code')
})
