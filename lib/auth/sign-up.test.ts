// Sign-up: one answer for everybody, the truth in the mailbox, and never more mail than the address can bear.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { findUserByEmail } from '../db/users'
import { resendVerification, signUp } from './sign-up'
import { enrol, noCookies, password } from './testing/people'
import { newest, proofsIn, refusalOf } from './testing/records'
import { ann, minute, openTrial, start, type Trial } from './testing/trial'
import { verifyByCode, verifyByToken } from './verify-email'

const email = 'ann@example.com'
const asked = { name: 'Ann', email, password }
const users = ({ db }: Trial) => db.q.select().from(db.t.users).all()

describe('signing up', () => {
  test('sends a code and a link under APP_URL, and makes nobody yet', async () => {
    const trial = await openTrial({ APP_URL: 'http://localhost:4321' })
    await signUp(trial, asked, ann, start)
    expect(trial.mails).toHaveLength(1)
    const mail = newest(trial.mails)
    const { code, token } = proofsIn(mail)
    expect(mail).toMatchObject({ to: email, subject: `${code} is your sign-up code` })
    expect(mail.html).toContain(`http://localhost:4321/verify-email/link?token=${token}`)
    expect(users(trial)).toEqual([])
  })

  test('keeps neither code, token nor password as they are', async () => {
    const trial = await openTrial()
    await signUp(trial, asked, ann, start)
    const { code, token } = proofsIn(newest(trial.mails))
    const stored = JSON.stringify(trial.db.q.select().from(trial.db.t.mailedTokens).all())
    for (const secret of [code, token, password]) expect(stored).not.toContain(secret)
  })

  test('answers in the same form for a known address, whose owner is told by mail', async () => {
    const trial = await openTrial()
    await enrol(trial, { email: 'known@example.com' })
    const [unknown, known] = [
      await signUp(trial, asked, ann, start),
      await signUp(trial, { ...asked, email: 'known@example.com' }, ann, start),
    ]
    const shapeOf = (pending: Record<string, string>) =>
      Object.entries(pending).map(([name, value]) => [name, typeof value, name === 'email' ? 0 : value.length])
    expect(shapeOf(known)).toEqual(shapeOf(unknown))
    const mail = newest(trial.mails)
    expect(mail).toMatchObject({ to: 'known@example.com', subject: 'You already have an account' })
    expect(() => proofsIn(mail)).toThrow()
    expect(
      trial.db.q
        .select()
        .from(trial.db.t.mailedTokens)
        .all()
        .map((row) => row.email),
    ).toEqual([email])
  })

  test('leaves the password of a known address as it is', async () => {
    const trial = await openTrial()
    await enrol(trial, { email, password })
    const before = await findUserByEmail(trial.db, email)
    await signUp(trial, { ...asked, password: 'another one of mine, please' }, ann, start)
    expect(await findUserByEmail(trial.db, email)).toEqual(before)
  })

  test('fifty times at once sends one mail, answers all alike and leads to one account', {
    timeout: 30_000,
  }, async () => {
    const trial = await openTrial()
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => signUp(trial, asked, ann, start)))
    const pending = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
    // On a machine that is busy elsewhere some find no turn within a second, and are told to come back.
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'temporarily_unavailable' })
    expect(pending.length).toBeGreaterThan(0)
    expect(trial.mails).toHaveLength(1)
    const { code } = proofsIn(newest(trial.mails))
    const proofs = await Promise.allSettled(
      pending.slice(0, 10).map((one) => verifyByCode(trial, code, one, noCookies, ann, start)),
    )
    expect(proofs.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(users(trial)).toHaveLength(1)
  })

  test('is refused beyond the hash queue rather than piled up', { timeout: 30_000 }, async () => {
    const trial = await openTrial()
    const outcomes = await Promise.allSettled(
      Array.from({ length: 120 }, (_, i) => signUp(trial, { ...asked, email: `ann${i}@example.com` }, ann, start)),
    )
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(refused.length).toBeGreaterThan(0)
    for (const outcome of refused) expect(outcome).toMatchObject({ reason: { code: 'temporarily_unavailable' } })
  })
})

describe('a password that is not taken', () => {
  test.each([
    ['too short', 'fourteen chars', /at least 15/],
    ['too long', 'violet anchor mumbles softly '.repeat(5), /at most 128/],
    ['common', 'passwordpassword', /easy to guess/],
    ['made of the product’s name', 'handstamp123456789', /easy to guess/],
    ['one’s own address', 'ann.of.the.hills@example.com', /easy to guess/],
  ])(
    'because it is %s is refused with that reason, without mail and without being repeated',
    async (_name, typed, reason) => {
      const trial = await openTrial()
      const refusal = await refusalOf(
        signUp(trial, { name: 'Ann', email: 'ann.of.the.hills@example.com', password: typed }, ann, start),
      )
      expect(refusal.code).toBe('invalid_fields')
      expect(refusal.details.errors?.password).toMatch(reason)
      expect(JSON.stringify(refusal.details)).not.toContain(typed)
      expect(trial.mails).toEqual([])
    },
  )

  test('is refused alike for known and unknown addresses', async () => {
    const trial = await openTrial()
    await enrol(trial, { email })
    const refusals = await Promise.all(
      [email, 'new@example.com'].map((address) =>
        refusalOf(signUp(trial, { ...asked, email: address, password: 'short' }, ann, start)),
      ),
    )
    expect(refusals[0]?.details).toEqual(refusals[1]?.details)
  })

  test('is counted as a try, so that judging passwords is not free', async () => {
    const trial = await openTrial()
    await refusalOf(signUp(trial, { name: 'Ann', email: 'ann@example.com', password: 'short' }, ann, start))
    const counted = trial.db.driver.prepare('select key, points from limits').all()
    expect(counted).toContainEqual({ key: `sign-up-network:${ann.network}`, points: 1 })
  })

  test('follows the length that is set', async () => {
    const trial = await openTrial({ PASSWORD_MIN_LENGTH: '20' })
    const refusal = await refusalOf(signUp(trial, { ...asked, password: 'violet anchors mute' }, ann, start))
    expect(refusal.details.errors?.password).toContain('at least 20')
  })
})

describe('mail to one address', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] })
    vi.setSystemTime(start)
  })
  afterEach(() => {
    vi.useRealTimers()
  })
  const pass = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds)

  test('goes out once a minute, whoever asks', async () => {
    const trial = await openTrial()
    await signUp(trial, asked, ann, Date.now())
    await signUp(trial, { ...asked, name: 'Other' }, { ...ann, ip: '203.0.113.9', network: '203.0.113.9' }, Date.now())
    expect(trial.mails).toHaveLength(1)
    pass(minute + 1)
    await signUp(trial, asked, ann, Date.now())
    expect(trial.mails).toHaveLength(2)
  })

  test('goes out three times an hour at most', async () => {
    const trial = await openTrial()
    for (let i = 0; i < 6; i++) {
      await signUp(trial, asked, ann, Date.now())
      pass(2 * minute)
    }
    expect(trial.mails).toHaveLength(3)
    pass(60 * minute)
    await signUp(trial, asked, ann, Date.now())
    expect(trial.mails).toHaveLength(4)
  })

  test('asked for again too soon is refused with the seconds to wait, alike for known and unknown addresses', async () => {
    const trial = await openTrial()
    await enrol(trial, { email: 'known@example.com' })
    const pending = [
      await signUp(trial, asked, ann, Date.now()),
      await signUp(trial, { ...asked, email: 'known@example.com' }, ann, Date.now()),
    ]
    pass(20_000)
    const refusals = await Promise.all(pending.map((one) => refusalOf(resendVerification(trial, one, Date.now()))))
    for (const { code, details } of refusals)
      expect({ code, details }).toEqual({ code: 'rate_limited', details: { retryAfter: 40 } })
    expect(trial.mails).toHaveLength(2)
  })

  test('asked for again in time brings a new code, and the old one is void', async () => {
    const trial = await openTrial()
    const pending = await signUp(trial, asked, ann, Date.now())
    const first = proofsIn(newest(trial.mails))
    pass(minute + 1)
    await resendVerification(trial, pending, Date.now())
    const latest = proofsIn(newest(trial.mails))
    expect(latest.token).not.toBe(first.token)
    if (first.code !== latest.code)
      expect((await refusalOf(verifyByCode(trial, first.code, pending, noCookies, ann, Date.now()))).code).toBe(
        'invalid_code',
      )
    expect((await verifyByCode(trial, latest.code, pending, noCookies, ann, Date.now())).user.email).toBe(email)
  })
  describe('with another password than the sign-up that is under way', () => {
    const mallory = { ...ann, ip: '203.0.113.9', network: '203.0.113.9' }
    const theirs = { name: 'Mallory', email, password: 'mallory knows this one well' }
    const alone = (trial: Trial) =>
      refusalOf(verifyByToken(trial, proofsIn(newest(trial.mails)).token, null, noCookies, ann, Date.now()))

    test('chooses nothing by its link alone; the code works where either signed up', async () => {
      const trial = await openTrial()
      const own = await signUp(trial, asked, ann, Date.now())
      pass(minute + 1)
      await signUp(trial, theirs, mallory, Date.now())
      expect(trial.mails).toHaveLength(2)
      expect((await alone(trial)).code).toBe('invalid_link')
      const { code } = proofsIn(newest(trial.mails))
      expect((await verifyByCode(trial, code, own, noCookies, ann, Date.now())).user.name).toBe('Ann')
    })

    test('gains nothing by asking for its mail again', async () => {
      const trial = await openTrial()
      await signUp(trial, asked, ann, Date.now())
      const pending = await signUp(trial, theirs, mallory, Date.now())
      for (let turn = 0; turn < 2; turn++) {
        pass(minute + 1)
        await resendVerification(trial, pending, Date.now())
        expect((await alone(trial)).code).toBe('invalid_link')
      }
    })

    test('is the only one again after half an hour', async () => {
      const trial = await openTrial()
      await signUp(trial, theirs, mallory, Date.now())
      pass(30 * minute)
      await signUp(trial, asked, ann, Date.now())
      const { token } = proofsIn(newest(trial.mails))
      expect((await verifyByToken(trial, token, null, noCookies, ann, Date.now())).user.name).toBe('Ann')
    })
  })
})
