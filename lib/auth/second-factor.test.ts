// The second factor at sign-in: one session for two proofs, and nothing before that.
import { describe, expect, test } from 'vitest'
import { raiseEpoch } from '../db/epochs'
import { forgotPassword } from './forgot-password'
import { resetPassword } from './reset-password'
import { completeSignIn } from './second-factor'
import { signIn } from './sign-in'
import { firstFactor, turnOn } from './testing/authenticator'
import { disable, enrol, noCookies, password, sessionOf } from './testing/people'
import { auditNames, refusalOf } from './testing/records'
import { ann, hour, joinTrial, mallory, minute, openTrial, second, start, type Trial } from './testing/trial'

/** A minute after the app was turned on: its first code is used up. */
const later = start + minute
const email = 'ann@example.com'

const withApp = async () => {
  const trial = await openTrial()
  const { user, sid } = await enrol(trial, { email, password })
  const app = await turnOn(trial, { user, session: await sessionOf(trial, sid) })
  trial.mails.length = 0
  return { trial, app, pending: await firstFactor(trial, app.user, later) }
}
type Pending = Awaited<ReturnType<typeof firstFactor>> | undefined
type Proof = { method?: 'totp' | 'recovery_code'; code: unknown }
const finish = (trial: Trial, pending: Pending, { method = 'totp', code }: Proof, at = later, client = ann) =>
  completeSignIn(trial, pending, { method, code }, noCookies, client, at)
const codeOf = async (finishing: Promise<unknown>) => (await refusalOf(finishing)).code

describe('the right code', () => {
  test('M-8 signs in, and the session says what was proven and when', async () => {
    const { trial, app, pending } = await withApp()
    const { session } = await finish(trial, pending, { code: app.code(later) })
    expect(session).toMatchObject({ amr: ['pwd', 'otp', 'mfa'], authTime: later, remember: false })
  })

  test('M-2 MF03 works once, also on another instance, with the clock set back, or one step later', async () => {
    const { trial, app, pending } = await withApp()
    const code = app.code(later)
    await finish(trial, pending, { code })
    const other = await joinTrial(trial.dataDir)
    for (const at of [later, later - 30 * second, later + 9 * second]) {
      const again = await firstFactor(other, app.user, at)
      expect(await codeOf(finish(other, again, { code }, at)), String(at)).toBe('invalid_code')
    }
    const earlier = await firstFactor(other, app.user, later)
    expect(await codeOf(finish(other, earlier, { code: app.code(later - 10 * second) }, later))).toBe('invalid_code')
    const next = later + minute
    expect(await finish(other, await firstFactor(other, app.user, next), { code: app.code(next) }, next)).toBeTruthy()
  })

  test('M-2 brought by sixteen at once makes one session', async () => {
    const { trial, app } = await withApp()
    const code = app.code(later)
    // Each with a first factor of its own.
    const waiting = await Promise.all(Array.from({ length: 16 }, () => firstFactor(trial, app.user, later)))
    const done = await Promise.allSettled(waiting.map((pending) => finish(trial, pending, { code })))
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('MF02 finishes one sign-in: a code and a recovery code for the same first factor make one session', async () => {
    const { trial, app, pending } = await withApp()
    const proofs: Proof[] = [
      { code: app.code(later) },
      ...app.codes.slice(0, 3).map((code) => ({ method: 'recovery_code' as const, code })),
    ]
    const done = await Promise.allSettled(proofs.map((proof) => finish(trial, pending, proof)))
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const again = { method: 'recovery_code' as const, code: app.codes[5] }
    expect(await codeOf(finish(trial, pending, again))).toBe('sign_in_expired')
  })
})

describe('a recovery code', () => {
  test('M-5 MF08 works once however it is typed, and its owner is told how many are left', async () => {
    const { trial, app, pending } = await withApp()
    const [first = '', second = ''] = app.codes
    const typed = { method: 'recovery_code' as const, code: first.toUpperCase().replaceAll('-', ' ') }
    expect((await finish(trial, pending, typed)).session.amr).toEqual(['pwd', 'otp', 'mfa'])
    const told = trial.mails.find(({ subject }) => subject === 'A recovery code was used')
    expect(told?.to).toBe(email)
    expect(told?.text).toContain('9 left')
    const again = await firstFactor(trial, app.user, later)
    expect(await codeOf(finish(trial, again, { method: 'recovery_code', code: first }))).toBe('invalid_code')
    expect(await finish(trial, again, { method: 'recovery_code', code: second })).toBeTruthy()
  })

  test('M-5 of sixteen uses at once one counts', async () => {
    const { trial, app } = await withApp()
    const waiting = await Promise.all(Array.from({ length: 16 }, () => firstFactor(trial, app.user, later)))
    const proof = { method: 'recovery_code' as const, code: app.codes[0] }
    const done = await Promise.allSettled(waiting.map((pending) => finish(trial, pending, proof)))
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('M-5 is kept as a hash, and another user’s is no code', async () => {
    const { trial, app, pending } = await withApp()
    const rows = await trial.db.q.select().from(trial.db.t.recoveryCodes)
    expect(rows).toHaveLength(10)
    for (const code of app.codes) {
      expect(code.replaceAll('-', '')).toMatch(/^[0-9a-f]{16}$/)
      expect(JSON.stringify(rows)).not.toContain(code)
    }
    const bob = await enrol(trial, { email: 'bob@example.com' })
    const his = await turnOn(trial, { user: bob.user, session: await sessionOf(trial, bob.sid) })
    expect(await codeOf(finish(trial, pending, { method: 'recovery_code', code: his.codes[0] }))).toBe('invalid_code')
  })
})

describe('a first factor', () => {
  test('waits five minutes, and for nobody who was disabled or whose sessions were ended', async () => {
    const { trial, app, pending } = await withApp()
    const at = later + 5 * minute
    expect(await codeOf(finish(trial, pending, { code: app.code(at) }, at))).toBe('sign_in_expired')
    expect(await codeOf(finish(trial, undefined, { code: app.code(later) }))).toBe('sign_in_expired')
    const change = { userId: app.user.id, from: app.user.epoch, at: later, reason: 'admin' } as const
    await raiseEpoch(trial.db, { ...change, keep: null, by: null })
    expect(await codeOf(finish(trial, pending, { code: app.code(later) }))).toBe('sign_in_expired')
    const renewed = { ...app.user, epoch: app.user.epoch + 1 }
    const again = await firstFactor(trial, renewed, later)
    disable(trial, { user: renewed }, later)
    expect(await codeOf(finish(trial, again, { code: app.code(later) }))).toBe('sign_in_expired')
  })

  test('M-4 MF04 bears five tries, and a new sign-in starts no new count', async () => {
    const { trial, app, pending } = await withApp()
    const wrong = { code: app.code(later + hour) }
    const codes: string[] = []
    for (let i = 0; i < 6; i++) codes.push(await codeOf(finish(trial, pending, wrong)))
    expect(codes).toEqual([...Array(5).fill('invalid_code'), 'rate_limited'])
    let tries = 0
    for (let turn = 0; turn < 10; turn++) {
      const again = await firstFactor(trial, app.user, later, mallory)
      for (let i = 0; i < 5; i++)
        if ((await codeOf(finish(trial, again, wrong, later, mallory))) === 'invalid_code') tries++
    }
    expect(tries).toBe(15)
    expect(new Set(auditNames(trial))).toContain('factor_failed')
  })

  test('M-4 a hundred wrong codes in a row switch the app off until a recovery code was used', async () => {
    const { trial, app, pending } = await withApp()
    await trial.db.q.update(trial.db.t.totp).set({ failures: 99 })
    expect(await codeOf(finish(trial, pending, { code: app.code(later + hour) }))).toBe('invalid_code')
    expect(await codeOf(finish(trial, pending, { code: app.code(later) }))).toBe('invalid_code')
    expect(await finish(trial, pending, { method: 'recovery_code', code: app.codes[0] })).toBeTruthy()
    const again = await firstFactor(trial, app.user, later)
    expect(await finish(trial, again, { code: app.code(later) })).toBeTruthy()
  })

  test.each(['000000', '', null, [], {}, 123456, undefined, '１２３４５６', '1234567'])(
    'MF05 %j is a wrong code like any other',
    async (code) => {
      const { trial, pending } = await withApp()
      expect(await codeOf(finish(trial, pending, { code }))).toBe('invalid_code')
      expect(await codeOf(finish(trial, pending, { method: 'recovery_code', code }))).toBe('invalid_code')
    },
  )
})

test('MF07 a new password by a mailed link does not stand in for the second factor', async () => {
  const { trial } = await withApp()
  await (await forgotPassword(trial, email, ann, later)).mailing
  const token = /reset-password\/link\?token=([\w-]+)/.exec(trial.mails.at(-1)?.text ?? '')?.[1] ?? ''
  await resetPassword(trial, { token, password: 'lantern gravel sonnet orbit' }, ann, later)
  const asked = { email, password: 'lantern gravel sonnet orbit', remember: false }
  expect(await signIn(trial, asked, noCookies, ann, later)).toMatchObject({ admitted: false })
})
