// Forgotten passwords: the same answer for everybody, one use for each link, and every session over afterwards.
import { describe, expect, test } from 'vitest'
import { resetTokensVoided } from '../db/mailed-tokens'
import { changePassword } from './change-password'
import { forgotPassword } from './forgot-password'
import { holderOfReset, resetPassword } from './reset-password'
import { disable, enrol, noCookies, password, sessionOf } from './testing/people'
import { auditRows, refusalOf } from './testing/records'
import { signIn } from './testing/sign-in'
import { ann, hour, mallory, minute, openTrial, start, type Trial } from './testing/trial'

const email = 'ann@example.com'
const fresh = 'lantern gravel sonnet orbit'
const withAnn = async () => {
  const trial = await openTrial()
  return { trial, person: await enrol(trial, { email, password }) }
}
const forget = async (trial: Trial, address = email, at = start, client = ann) =>
  (await forgotPassword(trial, address, client, at)).mailing
const tokenIn = (text: string | undefined) => /reset-password\/link\?token=([\w-]+)/.exec(text ?? '')?.[1] ?? ''
const lastToken = ({ mails }: Trial) => tokenIn(mails.at(-1)?.text)
const reset = (trial: Trial, token: string, at = start, typed = fresh) =>
  resetPassword(trial, { token, password: typed }, ann, at)
const enter = (trial: Trial, typed: string) =>
  signIn(trial, { email, password: typed, remember: false }, noCookies, ann, start + minute)

describe('asking for a link', () => {
  test('mails one to the address that is on record, and changes nothing', async () => {
    const { trial, person } = await withAnn()
    await forget(trial)
    expect(trial.mails).toMatchObject([{ to: email, subject: 'Choose a new password' }])
    expect(trial.mails[0]?.text).toContain(`${trial.env.APP_URL}/reset-password/link?token=`)
    expect((await sessionOf(trial, person.sid)).endedAt).toBeNull()
    expect((await enter(trial, password)).user.email).toBe(email)
  })

  test('mails nobody who has no account, a demo or a disabled one, and answers as ever', async () => {
    const { trial, person } = await withAnn()
    const demo = await enrol(trial, { email: 'demo@example.com', demo: true })
    disable(trial, person, start)
    for (const address of ['nobody@example.com', demo.user.email, email]) await forget(trial, address)
    expect(trial.mails).toEqual([])
  })

  test('mails three times an hour at most, whoever asks, and says so to nobody', async () => {
    const { trial } = await withAnn()
    for (let i = 0; i < 20; i++) await forget(trial, email, start, i % 2 ? ann : mallory)
    expect(trial.mails).toHaveLength(3)
    expect((await enter(trial, password)).user.email).toBe(email)
  })

  test('is refused to a network that asks without end', async () => {
    const { trial } = await withAnn()
    for (let i = 0; i < 100; i++) await trial.limits.resetNetwork.consume(mallory.network)
    expect((await refusalOf(forgotPassword(trial, email, mallory, start))).code).toBe('rate_limited')
    await forget(trial)
    expect(trial.mails).toHaveLength(1)
  })

  test('keeps no token that could be read out of the database', async () => {
    const { trial } = await withAnn()
    await forget(trial)
    const rows = JSON.stringify(trial.db.driver.prepare('select * from mailed_tokens').all())
    expect(rows).toContain('reset_password')
    expect(rows).not.toContain(lastToken(trial))
  })
})

describe('a link', () => {
  test('changes the password, ends every session, tells the owner and signs in nobody', async () => {
    const { trial, person } = await withAnn()
    const other = await enter(trial, password)
    await forget(trial)
    await reset(trial, lastToken(trial), start + minute)
    for (const sid of [person.sid, other.session.id])
      expect((await sessionOf(trial, sid)).epoch).toBeLessThan((await enter(trial, fresh)).user.epoch)
    expect((await refusalOf(enter(trial, password))).code).toBe('invalid_credentials')
    expect(trial.mails.map(({ subject }) => subject)).toContain('A new password was chosen')
    expect(auditRows(trial)).toContainEqual(
      expect.objectContaining({ event: 'password_reset', userId: person.user.id }),
    )
  })

  test('is good once, for thirty minutes, and until a newer one is asked for', async () => {
    const { trial } = await withAnn()
    await forget(trial)
    const first = lastToken(trial)
    await forget(trial, email, start + minute)
    const second = lastToken(trial)
    expect(second).not.toBe(first)
    expect((await refusalOf(reset(trial, first, start + minute))).code).toBe('invalid_link')
    expect(await holderOfReset(trial, second, start + 31 * minute)).toBeNull()
    expect((await refusalOf(reset(trial, second, start + 31 * minute))).code).toBe('invalid_link')
    await reset(trial, second, start + 30 * minute)
    expect((await refusalOf(reset(trial, second, start + 30 * minute))).code).toBe('invalid_link')
  })

  test('K16 opens nothing in any spelling but its own, nor for an address beside it', async () => {
    const { trial, person } = await withAnn()
    await enrol(trial, { email: 'bob@example.com', password })
    await forget(trial)
    const token = lastToken(trial)
    const swapped = [...token].map((c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())).join('')
    const spellings = ['', token.slice(0, -1), token.slice(1), `${token}A`, `${token}%00`, `${token}\0`, `${token} `]
    for (const wrong of [...spellings, ` ${token}`, `${token}=`, swapped, token.toLowerCase(), person.user.id, email])
      expect((await refusalOf(reset(trial, wrong))).code, JSON.stringify(wrong)).toBe('invalid_link')
    const forBob = { token, password: fresh, email: 'bob@example.com' }
    await resetPassword(trial, forBob, ann, start)
    expect((await enter(trial, fresh)).user.email).toBe(email)
    const asBob = { email: 'bob@example.com', password, remember: false }
    expect((await signIn(trial, asBob, noCookies, ann, start + minute)).user.email).toBe('bob@example.com')
  })

  test('used by sixteen at once is good for one of them', async () => {
    const { trial } = await withAnn()
    await forget(trial)
    const token = lastToken(trial)
    const outcomes = await Promise.allSettled(
      Array.from({ length: 16 }, (_, i) => reset(trial, token, start, `${fresh} ${i}`)),
    )
    const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
    expect(lost).toHaveLength(15)
    // Sixteen hashes and writes in line: who waited for a second is told to come again, and finds the link used.
    for (const { code } of lost) expect(['invalid_link', 'temporarily_unavailable']).toContain(code)
    expect(trial.mails.filter(({ subject }) => subject === 'A new password was chosen')).toHaveLength(1)
    expect((await refusalOf(reset(trial, token))).code).toBe('invalid_link')
  })

  test('that is voided while the new password is judged changes nothing', async () => {
    const { trial, person } = await withAnn()
    await forget(trial)
    const token = lastToken(trial)
    const { hash } = trial.hashing
    trial.hashing.hash = async (typed) => {
      await trial.db.batch((tx) => [resetTokensVoided(tx, trial.db.t, email)])
      return hash(typed)
    }
    expect((await refusalOf(reset(trial, token))).code).toBe('invalid_link')
    trial.hashing.hash = hash
    expect((await enter(trial, password)).user.epoch).toBe(person.user.epoch)
    expect(trial.mails.filter(({ subject }) => subject === 'A new password was chosen')).toHaveLength(0)
  })

  test('is not used up by being looked at, nor by a password that is too easy', async () => {
    const { trial, person } = await withAnn()
    await forget(trial)
    const token = lastToken(trial)
    for (let i = 0; i < 3; i++) expect((await holderOfReset(trial, token, start))?.id).toBe(person.user.id)
    expect(await refusalOf(reset(trial, token, start, 'short'))).toMatchObject({
      code: 'invalid_fields',
      details: { errors: { password: expect.any(String) } },
    })
    await reset(trial, token)
  })

  test.each([
    ['cut short', (token: string) => token.slice(0, -1)],
    ['with more behind', (token: string) => `${token}A`],
    ['with a NUL', (token: string) => `${token}\0`],
    ['in capitals', (token: string) => token.toUpperCase()],
    ['empty', () => ''],
  ])('%s is none', async (_, change) => {
    const { trial } = await withAnn()
    await forget(trial)
    expect((await refusalOf(reset(trial, change(lastToken(trial))))).code).toBe('invalid_link')
    expect((await enter(trial, password)).user.email).toBe(email)
  })

  test('dies when the password is changed in a session, and with the account', async () => {
    const { trial, person } = await withAnn()
    await forget(trial)
    const token = lastToken(trial)
    const holder = { user: person.user, session: await sessionOf(trial, person.sid) }
    const change = { currentPassword: password, newPassword: 'walnut prism harbour seldom' }
    await changePassword(trial, holder, change, ann, start + minute)
    expect((await refusalOf(reset(trial, token, start + minute))).code).toBe('invalid_link')
    await forget(trial, email, start + hour)
    disable(trial, person, start + hour)
    expect((await refusalOf(reset(trial, lastToken(trial), start + hour))).code).toBe('invalid_link')
  })

  test('of a sign-up chooses no password, and one for a password makes no account', async () => {
    const { trial } = await withAnn()
    await forget(trial)
    const [row] = trial.db.driver.prepare('select purpose from mailed_tokens').all()
    expect(row).toEqual({ purpose: 'reset_password' })
    trial.db.driver.exec("update mailed_tokens set purpose = 'verify_email'")
    expect((await refusalOf(reset(trial, lastToken(trial)))).code).toBe('invalid_link')
  })
})
