// Sign-in: one refusal at one price for whatever is wrong, limits that trip and let go, and always a new session.
import { hash } from '@node-rs/argon2'
import { describe, expect, test } from 'vitest'
import { findUserByEmail } from '../db/users'
import { forgetTries } from './password-try'
import { carrying, disable, enrol, noCookies, password, sessionOf } from './testing/people'
import { auditRows, bytesOf, refusalOf } from './testing/records'
import { signIn } from './testing/sign-in'
import { ann, day, hour, mallory, openTrial, start, type Trial } from './testing/trial'

const email = 'ann@example.com'
const attempt = (trial: Trial, typed: string, address = email, carried = noCookies) =>
  signIn(trial, { email: address, password: typed, remember: false }, carried, ann, start)
const withAnn = async () => {
  const trial = await openTrial()
  return { trial, person: await enrol(trial, { email, password }) }
}
const medianOf = (figures: number[]) => figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0

describe('signing in', () => {
  test('makes a session of its own and notes it', async () => {
    const { trial, person } = await withAnn()
    const { user, session, tokens } = await attempt(trial, password)
    expect(user.id).toBe(person.user.id)
    expect(session.id).not.toBe(person.sid)
    expect(session).toMatchObject({
      amr: ['pwd'],
      remember: false,
      idleExpiresAt: start + hour,
      expiresAt: start + day,
    })
    expect(tokens.keepUntil).toBeNull()
    expect(auditRows(trial)).toMatchObject([
      { event: 'signed_in', userId: user.id, sid: session.id, ip: ann.ip, userAgent: ann.userAgent },
      { event: 'new_device', sid: session.id },
    ])
  })

  test('with "keep me signed in" lasts fourteen days idle and thirty in all', async () => {
    const { trial } = await withAnn()
    const { session, tokens } = await signIn(trial, { email, password, remember: true }, noCookies, ann, start)
    expect(session).toMatchObject({ remember: true, idleExpiresAt: start + 14 * day, expiresAt: start + 30 * day })
    expect(tokens.keepUntil).toBe(start + 30 * day)
  })

  test('ends the session that the browser carried before, whichever cookie proves it', async () => {
    const { trial, person } = await withAnn()
    const second = await attempt(trial, password, email, carrying(person.tokens))
    expect(await sessionOf(trial, person.sid)).toMatchObject({ endedReason: 'replaced', endedAt: start })
    const third = await attempt(trial, password, email, carrying({ access: second.tokens.access }))
    expect(await sessionOf(trial, second.session.id)).toMatchObject({ endedReason: 'replaced' })
    expect(await sessionOf(trial, third.session.id)).toMatchObject({ endedAt: null })
  })

  test('leaves the sessions of other browsers alone', async () => {
    const { trial, person } = await withAnn()
    await attempt(trial, password)
    expect(await sessionOf(trial, person.sid)).toMatchObject({ endedAt: null })
  })

  test('that fails leaves the session that the browser carries alone', async () => {
    const { trial, person } = await withAnn()
    await refusalOf(attempt(trial, 'not the right one', email, carrying(person.tokens)))
    expect(await sessionOf(trial, person.sid)).toMatchObject({ endedAt: null })
  })

  test('never takes over a session id that was planted beforehand', async () => {
    const { trial } = await withAnn()
    const planted = await enrol(trial, { email: 'mallory@example.com' })
    const { session, user } = await attempt(trial, password, email, carrying(planted.tokens))
    expect(session.id).not.toBe(planted.sid)
    expect(user.email).toBe(email)
    expect(await sessionOf(trial, planted.sid)).toMatchObject({ endedReason: 'replaced' })
  })

  test('works with é typed in two ways', async () => {
    const trial = await openTrial()
    await enrol(trial, { email, password: 'caf\u00e9 on the quiet corner' })
    expect((await attempt(trial, 'cafe\u0301 on the quiet corner')).user.email).toBe(email)
  })
})

describe('a refusal', () => {
  test('is the same bytes for a wrong password, an unknown address and a disabled user', async () => {
    const { trial } = await withAnn()
    const off = await enrol(trial, { email: 'off@example.com', password })
    disable(trial, off, start)
    const refusals = [
      await refusalOf(attempt(trial, 'not the right one')),
      await refusalOf(attempt(trial, password, 'nobody@example.com')),
      await refusalOf(attempt(trial, password, 'off@example.com')),
      await refusalOf(attempt(trial, 'not the right one', 'off@example.com')),
    ]
    expect(new Set(refusals.map(bytesOf)).size).toBe(1)
    expect(refusals[0]?.code).toBe('invalid_credentials')
  })

  test('meets a user without a password, too', async () => {
    const trial = await openTrial()
    await enrol(trial, { email })
    for (const typed of ['', 'a password that nobody has', 'null'])
      expect((await refusalOf(attempt(trial, typed))).code).toBe('invalid_credentials')
  })

  test('K08 meets what differs behind a NUL, by a space or by case', async () => {
    const { trial } = await withAnn()
    for (const typed of [
      `${password}\0`,
      `${password}\0junk`,
      `${password} `,
      ` ${password}`,
      password.toUpperCase(),
      password.slice(0, -1),
    ]) {
      expect((await refusalOf(attempt(trial, typed))).code).toBe('invalid_credentials')
      await forgetTries(trial, email)
    }
  })

  test('is noted with the user where there is one, and without the address that was typed', async () => {
    const { trial, person } = await withAnn()
    await refusalOf(attempt(trial, 'not the right one'))
    await refusalOf(attempt(trial, password, 'nobody@example.com'))
    expect(auditRows(trial)).toMatchObject([
      { event: 'sign_in_failed', userId: person.user.id },
      { event: 'sign_in_failed', userId: null },
    ])
    expect(JSON.stringify(auditRows(trial))).not.toContain('nobody@')
  })

  test('takes about as long for an unknown address as for a wrong password', { timeout: 30_000 }, async () => {
    const { trial } = await withAnn()
    await refusalOf(attempt(trial, 'warms up', 'nobody@example.com'))
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] }
    for (let i = 0; i < 20; i++) {
      for (const kind of i % 2 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)) {
        const address = kind === 'known' ? email : `nobody${i}@example.com`
        const began = performance.now()
        await refusalOf(attempt(trial, 'not the right one', address))
        times[kind].push(performance.now() - began)
        // Else the sixth try at the known address would be refused without a hash.
        await forgetTries(trial, address)
      }
    }
    const [known, unknown] = [medianOf(times.known), medianOf(times.unknown)]
    console.info(`median of 20 refusals: known ${known.toFixed(1)} ms, unknown ${unknown.toFixed(1)} ms`)
    expect(known / unknown).toBeGreaterThan(1 / 3)
    expect(known / unknown).toBeLessThan(3)
  })
})

describe('an outdated hash', () => {
  const weak = () => hash(password, { algorithm: 2, memoryCost: 4096, timeCost: 1, parallelism: 1 })
  const storeHash = ({ db }: Trial, text: string) => db.driver.prepare('UPDATE credentials SET secret = ?').run(text)
  const hashOf = async (trial: Trial) => (await findUserByEmail(trial.db, email))?.passwordHash ?? ''

  test('is replaced by the right password', async () => {
    const { trial } = await withAnn()
    storeHash(trial, await weak())
    await attempt(trial, password)
    expect(trial.hashing.isOutdated(await hashOf(trial))).toBe(false)
    expect((await attempt(trial, password)).user.email).toBe(email)
  })

  test('is left by a wrong one', async () => {
    const { trial } = await withAnn()
    const stored = await weak()
    storeHash(trial, stored)
    await refusalOf(attempt(trial, 'not the right one'))
    expect(await hashOf(trial)).toBe(stored)
  })
})

describe('a limit', () => {
  test('per network trips whatever the address, and not for another network', async () => {
    const { trial } = await withAnn()
    for (let i = 0; i < 100; i++) await trial.limits.signInNetwork.consume(ann.network)
    expect((await refusalOf(attempt(trial, password))).code).toBe('rate_limited')
    const elsewhere = { ...ann, ip: '203.0.113.5', network: '203.0.113.5' }
    expect((await signIn(trial, { email, password, remember: false }, noCookies, elsewhere, start)).user.email).toBe(
      email,
    )
  })

  test('that one network has reached uses up nothing that is everybody’s', async () => {
    const { trial } = await withAnn()
    for (let i = 0; i < 100; i++) await trial.limits.signInNetwork.consume(mallory.network)
    for (let i = 0; i < 5; i++)
      await refusalOf(signIn(trial, { email, password, remember: false }, noCookies, mallory, start))
    const counted = trial.db.driver.prepare('select key from limits').all()
    expect(JSON.stringify(counted)).not.toMatch(/sign-in-overall/)
    expect(await trial.db.q.select().from(trial.db.t.signInFailures)).toEqual([])
  })

  test('are not counted while the queue of hashes is full: a storm costs no writes', async () => {
    const { trial } = await withAnn()
    const hashes: Promise<string>[] = []
    const isFull = () => {
      try {
        trial.hashing.mustHaveRoom()
        return false
      } catch {
        return true
      }
    }
    while (!isFull()) hashes.push(trial.hashing.hash(password))
    expect((await refusalOf(attempt(trial, password))).code).toBe('temporarily_unavailable')
    expect(trial.db.driver.prepare('select key from limits').all()).toEqual([])
    await Promise.all(hashes)
    expect((await attempt(trial, password)).user.email).toBe(email)
  })

  test('that has tripped spends no hash on the try', async () => {
    const { trial } = await withAnn()
    for (let i = 0; i < 100; i++) await trial.limits.signInNetwork.consume(ann.network)
    const began = performance.now()
    for (let i = 0; i < 20; i++) await refusalOf(attempt(trial, 'not the right one'))
    console.info(`twenty limited tries: ${Math.round(performance.now() - began)} ms`)
    expect(auditRows(trial)).toEqual([])
  })
})
