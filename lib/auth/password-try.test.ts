// Guessing passwords: what strangers do makes strangers wait, alike for every address, and never a browser that is known.
import { describe, expect, test, vi } from 'vitest'
import { AppError } from '../core/errors'
import { triesMost } from '../core/sign-in-delay'
import { meetDevice } from '../db/devices'
import { admit } from './admission'
import type { Client } from './context'
import { hashToken } from './mailed-secret'
import { forgetTries } from './password-try'
import { resetPassword } from './reset-password'
import { enrol, noCookies, password } from './testing/people'
import { auditNames, bytesOf, refusalOf } from './testing/records'
import { signIn } from './testing/sign-in'
import { ann, hour, mallory, minute, openTrial, second, start, type Trial } from './testing/trial'

const email = 'ann@example.com'
const device = 'AAECAwQFBgcICQoLDA0ODw'
const annsBrowser: Client = { ...ann, device }
const asking = (email: string, typed: string) => ({ email, password: typed, remember: false })
const attempt = (trial: Trial, typed: string, client = mallory, at = start, address = email) =>
  signIn(trial, asking(address, typed), noCookies, client, at)
const from = (i: number): Client => ({ ...mallory, ip: `198.51.100.${i}`, network: `198.51.100.${i}` })

const withAnn = async () => {
  const trial = await openTrial()
  const { user } = await enrol(trial, { email, password })
  await meetDevice(trial.db, user.id, hashToken(device), start)
  return { trial, user }
}
/** Leaves a count behind without as many hashes. */
const fail = async (trial: Trial, times: number, who: 'known' | 'strange' = 'strange', waitUntil = start) => {
  const key = hashToken(`tries of ${who === 'known' ? 'known browsers' : 'strangers'} ${email}`)
  const row = { key, failures: times, waitUntil, lastAt: start }
  await trial.db.q
    .insert(trial.db.t.signInFailures)
    .values(row)
    .onConflictDoUpdate({ target: trial.db.t.signInFailures.key, set: row })
}

describe('wrong passwords in a row', () => {
  test('R-2 let five be looked at, then one at a time after a growing wait, whichever network they come from', async () => {
    const { trial } = await withAnn()
    for (let i = 0; i < 5; i++)
      expect((await refusalOf(attempt(trial, 'wrong', from(i)))).code).toBe('invalid_credentials')
    const refusal = await refusalOf(attempt(trial, password, from(9)))
    expect(refusal).toMatchObject({ code: 'rate_limited', details: { retryAfter: 30 } })
    const at = start + 30 * second
    expect((await refusalOf(attempt(trial, 'wrong', from(5), at))).code).toBe('invalid_credentials')
    expect((await refusalOf(attempt(trial, 'wrong', from(6), at))).details.retryAfter).toBe(60)
  })

  test('R-2 are forgotten by a right one', async () => {
    const { trial } = await withAnn()
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 4; i++) await refusalOf(attempt(trial, 'wrong'))
      expect((await attempt(trial, password)).user.email).toBe(email)
    }
    expect(await trial.db.q.select().from(trial.db.t.signInFailures)).toEqual([])
  })

  test('R-6 are refused in the same bytes for an address that nobody has', async () => {
    const { trial } = await withAnn()
    const refusals = async (address: string, client: Client) => {
      await forgetTries(trial, address)
      const seen: string[] = []
      for (let i = 0; i < 8; i++) seen.push(bytesOf(await refusalOf(attempt(trial, 'wrong', client, start, address))))
      return seen
    }
    // Only the owner's own browser has another count there, and even that is one of equal answers.
    for (const client of [mallory, annsBrowser])
      expect(await refusals('nobody@example.com', client)).toEqual(await refusals(email, client))
  })

  test('F-33 of fifty at once no more than five reach the hash', async () => {
    const { trial } = await withAnn()
    const verify = vi.spyOn(trial.hashing, 'verify')
    const tries = await Promise.all(Array.from({ length: 50 }, (_, i) => refusalOf(attempt(trial, 'wrong', from(i)))))
    expect(verify.mock.calls.length).toBeLessThanOrEqual(5)
    expect(tries.filter(({ code }) => code === 'rate_limited').length).toBeGreaterThanOrEqual(45)
  })

  test('R-2 stop for strangers for good, with words on the ways out, until the password was reset or another way taken', async () => {
    const { trial } = await withAnn()
    await fail(trial, triesMost.strange)
    const refusal = await refusalOf(attempt(trial, password, mallory, start + 1000 * hour))
    expect(refusal.code).toBe('rate_limited')
    expect(refusal.details.retryAfter).toBeGreaterThan(0)
    expect(refusal.details.detail).toMatch(/Choose a new one.*browser that you have used/)
    await forgetTries(trial, email)
    expect((await attempt(trial, password)).user.email).toBe(email)
  })

  test('R-2 are forgotten by a new password that was chosen by mail', async () => {
    const { trial, user } = await withAnn()
    await fail(trial, triesMost.strange)
    await trial.db.q.insert(trial.db.t.mailedTokens).values({
      id: 'a link',
      purpose: 'reset_password',
      email,
      userId: user.id,
      tokenHash: hashToken('the link'),
      codeHash: '',
      name: user.name,
      passwordHash: null,
      createdAt: start,
      expiresAt: start + hour,
    })
    const chosen = 'copper lantern drifts eastward'
    await resetPassword(trial, { token: 'the link', password: chosen }, mallory, start + minute)
    expect((await attempt(trial, chosen, mallory, start + minute)).user.email).toBe(email)
  })
})

test('S21 tries that a full queue or a broken database cut off make nobody wait', async () => {
  const { trial } = await withAnn()
  const verify = vi.spyOn(trial.hashing, 'verify').mockRejectedValue(new AppError('temporarily_unavailable'))
  for (let i = 0; i < 9; i++) expect((await refusalOf(attempt(trial, password))).code).toBe('temporarily_unavailable')
  verify.mockRestore()
  expect((await attempt(trial, password)).user.email).toBe(email)
})

test('R-2 another way into the account, as a code by mail or a passkey, is an end of the wait', async () => {
  const { trial, user } = await withAnn()
  await fail(trial, triesMost.strange)
  await admit(trial, user, { amr: ['mail'], remember: false }, noCookies, ann, start)
  expect((await attempt(trial, password)).user.email).toBe(email)
})

describe('a browser that the owner has signed in with', () => {
  test('R-1, K18 signs in after a hundred wrong passwords of a stranger', async () => {
    const { trial } = await withAnn()
    for (let i = 0; i < 100; i++) await refusalOf(attempt(trial, 'wrong', from(1), start + i * minute))
    await fail(trial, triesMost.strange)
    expect((await refusalOf(attempt(trial, password, { ...annsBrowser, device: null }))).code).toBe('rate_limited')
    expect((await attempt(trial, password, annsBrowser)).user.email).toBe(email)
    expect((await attempt(trial, password, from(2))).user.email).toBe(email)
  })

  test('has a count that makes it wait as well, and an end', async () => {
    const { trial } = await withAnn()
    for (let i = 0; i < 5; i++) await refusalOf(attempt(trial, 'wrong', annsBrowser))
    expect((await refusalOf(attempt(trial, password, annsBrowser))).details.retryAfter).toBe(30)
    await fail(trial, triesMost.known, 'known')
    expect((await refusalOf(attempt(trial, password, annsBrowser, start + hour))).code).toBe('rate_limited')
    expect((await attempt(trial, password, mallory)).user.email).toBe(email)
  })

  test('of another account is a stranger here', async () => {
    const { trial } = await withAnn()
    const other = await enrol(trial, { email: 'mallory@example.com' })
    const own = 'EBESExQVFhcYGRobHB0eHw'
    await meetDevice(trial.db, other.user.id, hashToken(own), start)
    await fail(trial, 5, 'strange', start + minute)
    expect((await refusalOf(attempt(trial, password, { ...mallory, device: own }))).code).toBe('rate_limited')
  })
})

describe('spraying', () => {
  const spray = async (trial: Trial, count: number, client: Client) => {
    const codes: string[] = []
    for (let i = 0; i < count; i++) {
      const wrong = attempt(trial, 'Winter2026Winter2026', client, start, `person${i}@example.com`)
      codes.push((await refusalOf(wrong)).code)
    }
    return codes
  }

  test('R-4 one password on two hundred accounts from one network is stopped at the fifty-first', {
    timeout: 30_000,
  }, async () => {
    const trial = await openTrial()
    vi.spyOn(trial.hashing, 'verify').mockResolvedValue(false)
    const codes = await spray(trial, 200, mallory)
    expect(codes.indexOf('rate_limited')).toBe(50)
    expect(codes.filter((code) => code === 'invalid_credentials')).toHaveLength(50)
    await vi.waitFor(() => expect(auditNames(trial).filter((name) => name === 'spraying_noticed')).toHaveLength(2))
  })

  test('R-4 from a network each is noticed for operators', async () => {
    const trial = await openTrial()
    vi.spyOn(trial.hashing, 'verify').mockResolvedValue(false)
    for (let i = 0; i < 30; i++)
      await refusalOf(attempt(trial, 'Winter2026Winter2026', from(i), start, `person${i}@example.com`))
    await vi.waitFor(() => expect(auditNames(trial).filter((name) => name === 'spraying_noticed')).toHaveLength(1))
  })

  test('is not an office of sixty who mistype and then sign in', { timeout: 20_000 }, async () => {
    const trial = await openTrial()
    vi.spyOn(trial.hashing, 'verify').mockImplementation(async (_stored, typed) => typed === password)
    for (let i = 0; i < 60; i++) {
      const { user } = await enrol(trial, { email: `person${i}@example.com` })
      await refusalOf(attempt(trial, `slip ${i}`, ann, start, user.email))
      expect((await attempt(trial, password, ann, start, user.email)).user.id).toBe(user.id)
    }
  })
})

describe('the owner', () => {
  test('R-8 is told of the tenth wrong password in a row, and once a day', async () => {
    const { trial } = await withAnn()
    await fail(trial, 8)
    await refusalOf(attempt(trial, 'wrong', mallory, start))
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(trial.mails).toEqual([])
    await refusalOf(attempt(trial, 'wrong', mallory, start + hour))
    await refusalOf(attempt(trial, 'wrong', mallory, start + 2 * hour))
    await vi.waitFor(() => expect(trial.mails).toHaveLength(1))
    expect(trial.mails[0]).toMatchObject({ to: email, subject: 'Somebody is trying to guess your password' })
    expect(trial.mails[0]?.text).toContain('/forgot-password')
  })

  test('is nobody for an unknown address: no mail', async () => {
    const trial = await openTrial()
    await fail(trial, 20)
    await refusalOf(attempt(trial, 'wrong'))
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(trial.mails).toEqual([])
  })
})
