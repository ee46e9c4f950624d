// Sign-in by a code in a mail: the same answer for everybody, one use, and never past the second factor.
import { describe, expect, test } from 'vitest'
import { meetDevice } from '../db/devices'
import { askForCode, signInByCode } from './email-sign-in'
import { hashToken } from './mailed-secret'
import { turnOn } from './testing/authenticator'
import { disable, enrol, noCookies, sessionOf } from './testing/people'
import { refusalOf } from './testing/records'
import { ann, hour, mallory, minute, openTrial, start, type Trial } from './testing/trial'

const email = 'ann@example.com'
const ask = async (trial: Trial, address = email, at = start, client = ann) => {
  const { pending, mailing } = await askForCode(trial, { email: address, remember: true }, client, at)
  await mailing
  return pending
}
const lastCode = ({ mails }: Trial) => /^\s{4}(\d{6})$/m.exec(mails.at(-1)?.text ?? '')?.[1] ?? ''
const codesSent = ({ mails }: Trial) => mails.filter(({ subject }) => subject === 'Your code to sign in').length
type Pending = Awaited<ReturnType<typeof ask>> | undefined
const enter = (trial: Trial, code: string, pending: Pending, at = start) =>
  signInByCode(trial, code, pending, noCookies, ann, at)
const codeOf = async (entering: Promise<unknown>) => (await refusalOf(entering)).code
const withAnn = async (settings = {}) => {
  const trial = await openTrial(settings)
  return { trial, person: await enrol(trial, { email }) }
}

describe('a code', () => {
  test('goes to the address on record, and signs in the browser that asked', async () => {
    const { trial, person } = await withAnn()
    const pending = await ask(trial)
    expect(trial.mails).toMatchObject([{ to: email, subject: 'Your code to sign in' }])
    expect(await enter(trial, lastCode(trial), pending)).toMatchObject({
      admitted: true,
      signedIn: { user: { id: person.user.id }, session: { amr: ['mail'], remember: true } },
    })
  })

  test('works once, for ten minutes, until a newer one, and in no other browser', async () => {
    const { trial } = await withAnn()
    const first = await ask(trial)
    const older = lastCode(trial)
    expect(await codeOf(enter(trial, older, { ...first, attempt: 'A'.repeat(22) }))).toBe('invalid_code')
    expect(await codeOf(enter(trial, older, undefined))).toBe('invalid_code')
    expect(await codeOf(enter(trial, older, { ...first, purpose: 'reauthenticate' }))).toBe('invalid_code')
    const second = await ask(trial)
    const newer = lastCode(trial)
    expect(await codeOf(enter(trial, older, first))).toBe('invalid_code')
    expect(await codeOf(enter(trial, newer, second, start + 10 * minute))).toBe('invalid_code')
    const done = await Promise.allSettled(Array.from({ length: 5 }, () => enter(trial, newer, second)))
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('bears five tries in one browser', async () => {
    const { trial } = await withAnn()
    const pending = await ask(trial)
    const wrong = lastCode(trial) === '000000' ? '000001' : '000000'
    const codes: string[] = []
    for (let i = 0; i < 6; i++) codes.push(await codeOf(enter(trial, wrong, pending)))
    expect(codes).toEqual([...Array(5).fill('invalid_code'), 'rate_limited'])
  })

  test('MF07 does not stand in for the second factor', async () => {
    const { trial, person } = await withAnn()
    await turnOn(trial, { user: person.user, session: await sessionOf(trial, person.sid) })
    const pending = await ask(trial)
    expect(await enter(trial, lastCode(trial), pending)).toMatchObject({ admitted: false, pending: { amr: ['mail'] } })
  })
})

test('R-1 wrong codes of strangers, each in a browser of their own, use up no try of the owner’s', async () => {
  const { trial } = await withAnn()
  for (let stranger = 0; stranger < 5; stranger++) {
    const pending = await ask(trial, email, start, mallory)
    const wrong = lastCode(trial) === '000000' ? '000001' : '000000'
    for (let i = 0; i < 7; i++) await codeOf(signInByCode(trial, wrong, pending, noCookies, mallory, start))
  }
  const own = await ask(trial)
  expect(await enter(trial, lastCode(trial), own)).toMatchObject({ admitted: true })
})

test('R-1 strangers who ask use up no code of a browser that the owner has signed in with, and void none', async () => {
  const { trial, person } = await withAnn()
  const own = { ...ann, device: 'a browser of Ann' }
  await meetDevice(trial.db, person.user.id, hashToken(own.device), start)
  const pending = await ask(trial, email, start, own)
  const code = lastCode(trial)
  const theirs = await ask(trial, email, start, mallory)
  expect(lastCode(trial)).not.toBe(code)
  for (let i = 0; i < 9; i++) await ask(trial, email, start, mallory)
  expect(codesSent(trial)).toBe(7)
  expect(await codeOf(enter(trial, code, theirs))).toBe('invalid_code')
  expect(await enter(trial, code, pending)).toMatchObject({ admitted: true })
  expect(await codeOf(enter(trial, code, pending))).toBe('invalid_code')
  await ask(trial, email, start, own)
  expect(codesSent(trial)).toBe(8)
})

test('R-1 a browser that is known gets six codes an hour, and a newer one voids the one before', async () => {
  const { trial, person } = await withAnn()
  const own = { ...ann, device: 'a browser of Ann' }
  await meetDevice(trial.db, person.user.id, hashToken(own.device), start)
  const older = await ask(trial, email, start, own)
  const code = lastCode(trial)
  for (let i = 0; i < 8; i++) await ask(trial, email, start, own)
  expect(codesSent(trial)).toBe(6)
  expect(await codeOf(enter(trial, code, older))).toBe('invalid_code')
})

describe('an address', () => {
  test('without an account, of a demo user or of a disabled one gets no mail, and the same answer', async () => {
    const { trial, person } = await withAnn()
    const demo = await enrol(trial, { demo: true, email: 'demo@example.com' })
    disable(trial, person, start)
    for (const address of [email, demo.user.email, 'nobody@example.com']) {
      const pending = await ask(trial, address)
      expect(pending).toMatchObject({ purpose: 'sign_in', email: address, userId: '' })
      expect(await codeOf(enter(trial, '123456', pending))).toBe('invalid_code')
    }
    expect(trial.mails).toEqual([])
  })

  test('N07 gets six mails an hour, whoever asks, and the answer stays the same', async () => {
    const { trial } = await withAnn()
    for (let i = 0; i < 9; i++) await ask(trial, email, start, i % 2 ? mallory : ann)
    expect(trial.mails).toHaveLength(6)
    expect(await ask(trial, email, start + hour)).toMatchObject({ email })
  })
})

test('EMAIL_SIGN_IN=off: there is nothing at this address', async () => {
  const { trial } = await withAnn({ EMAIL_SIGN_IN: 'off' })
  expect(await codeOf(ask(trial))).toBe('not_found')
  expect(await codeOf(enter(trial, '123456', undefined))).toBe('not_found')
})
