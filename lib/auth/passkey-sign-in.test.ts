// MF11: what signs in with a passkey, and everything that almost does.
import { describe, expect, test } from 'vitest'
import { hasTotp } from '../db/totp'
import type { Assertion } from './passkey-ceremony'
import { type Challenge, makeChallenge } from './passkey-challenge'
import { beginPasskeySignIn, passkeySignIn } from './passkey-sign-in'
import { addPasskey, beginPasskey, passkeyHandle, removeOwnPasskey } from './passkeys'
import { turnOn } from './testing/authenticator'
import { flags, makeSoftPasskey, type Signing, type SoftPasskey } from './testing/passkey'
import { disable, enrol, noCookies, type Person, password, sessionOf } from './testing/people'
import { auditNames, bytesOf, refusalOf } from './testing/records'
import { ann, joinTrial, mallory, minute, openTrial, start, type Trial } from './testing/trial'

const email = 'ann@example.com'
const later = start + minute

const register = async (trial: Trial, { user, sid }: Person, passkey: SoftPasskey) => {
  const holder = { user, session: await sessionOf(trial, sid) }
  const { challenge } = await beginPasskey(trial, holder, start)
  const attestation = passkey.attest({ challenge: challenge.value })
  await addPasskey(trial, holder, { attestation, name: 'Phone' }, challenge, ann, start)
  return holder
}

const withPasskey = async (how: { synced?: boolean } = {}) => {
  const trial = await openTrial()
  const person = await enrol(trial, { email, password })
  const passkey = makeSoftPasskey(person.user.id, how)
  const holder = await register(trial, person, passkey)
  trial.mails.length = 0
  return { trial, person, holder, passkey }
}

const enter = (trial: Trial, assertion: Assertion, challenge: Challenge | undefined, at = later, client = ann) =>
  passkeySignIn(trial, { assertion, remember: false }, challenge, noCookies, client, at)

/** Signs what the server asks for, in this way. */
const attempt = async (trial: Trial, passkey: SoftPasskey, how: Partial<Signing> = {}, at = later) => {
  const { challenge } = await beginPasskeySignIn(trial, at)
  return enter(trial, passkey.assert({ challenge: challenge.value, ...how }), challenge, at)
}
/** With one character in the middle changed: no unused bits are there. */
const tampered = (text: string) => {
  const middle = text.length >> 1
  return `${text.slice(0, middle)}${text[middle] === 'A' ? 'B' : 'A'}${text.slice(middle + 1)}`
}
const codeOf = async (asked: Promise<unknown>) => (await refusalOf(asked)).code

describe('a passkey', () => {
  test.each([
    [false, 'hwk'],
    [true, 'swk'],
  ])('signs in by itself; synced: %s says %s', async (synced, key) => {
    const { trial, person, passkey } = await withPasskey({ synced })
    const { options } = await beginPasskeySignIn(trial, later)
    expect(options).toMatchObject({ rpId: 'localhost', userVerification: 'required' })
    expect(options.allowCredentials ?? []).toEqual([])
    const admission = await attempt(trial, passkey)
    expect(admission).toMatchObject({
      admitted: true,
      signedIn: { user: { id: person.user.id }, session: { amr: [key, 'user', 'mfa'], authTime: later } },
    })
  })

  test('is two factors: the authenticator app is not asked for', async () => {
    const { trial, person, holder, passkey } = await withPasskey()
    await turnOn(trial, holder)
    expect(await hasTotp(trial.db, person.user.id)).toBe(true)
    expect(await attempt(trial, passkey)).toMatchObject({ admitted: true })
  })

  test('of a disabled user opens nothing', async () => {
    const { trial, person, passkey } = await withPasskey()
    disable(trial, person, start)
    expect(await codeOf(attempt(trial, passkey))).toBe('invalid_passkey')
  })

  test('that was removed is told apart, so that the browser can forget it', async () => {
    const { trial, holder, passkey } = await withPasskey()
    await removeOwnPasskey(trial, holder, passkeyHandle(passkey), ann, later)
    expect(await codeOf(attempt(trial, passkey))).toBe('unknown_passkey')
    expect(await codeOf(attempt(trial, makeSoftPasskey('nobody')))).toBe('unknown_passkey')
  })
})

describe('MF11 is refused, with one answer:', () => {
  test.each<[string, Partial<Signing>]>([
    ['another challenge', { challenge: Buffer.alloc(32, 7).toString('base64url') }],
    ['another origin', { origin: 'https://evil.example' }],
    ['the same host on another port', { origin: 'http://localhost:3001' }],
    ['another relying party', { rpId: 'evil.example' }],
    ['a frame of another page', { crossOrigin: true }],
    ['a registration in place of a use', { type: 'webauthn.create' }],
    ['a person who was not verified (UV=0)', { flags: flags.present }],
    ['a person who was not there (UP=0)', { flags: flags.verified }],
    ['somebody else’s user handle', { userHandle: 'bm9ib2R5' }],
    ['no user handle', { userHandle: null }],
  ])('%s', async (_name, how) => {
    const { trial, passkey } = await withPasskey()
    const refusal = await refusalOf(attempt(trial, passkey, how))
    expect(bytesOf(refusal)).toBe(
      '{"status":401,"body":{"type":"about:blank","title":"That passkey did not work. Try again, or use another way.","status":401,"code":"invalid_passkey"},"headers":{"content-type":"application/problem+json; charset=utf-8","cache-control":"private, no-store"}}',
    )
    expect(auditNames(trial)).toContain('passkey_failed')
    expect(await attempt(trial, passkey)).toMatchObject({ admitted: true })
  })

  test('a good signature of another key under a known credential’s id, and the other way round', async () => {
    const { trial, person, passkey } = await withPasskey()
    const other = makeSoftPasskey(person.user.id)
    const { challenge } = await beginPasskeySignIn(trial, later)
    const forged = { ...other.assert({ challenge: challenge.value }), id: passkey.id, rawId: passkey.id }
    expect(await codeOf(enter(trial, forged, challenge))).toBe('invalid_passkey')
    const next = (await beginPasskeySignIn(trial, later)).challenge
    const swapped = { ...passkey.assert({ challenge: next.value }), rawId: other.id }
    expect(await codeOf(enter(trial, swapped, next))).toBe('invalid_passkey')
  })

  test('another user’s credential: Bob’s passkey that says it is Ann’s', async () => {
    const { trial, person } = await withPasskey()
    const bob = await enrol(trial, { email: 'bob@example.com' })
    const his = makeSoftPasskey(person.user.id)
    await register(trial, bob, his)
    expect(await codeOf(attempt(trial, his))).toBe('invalid_passkey')
  })

  test('bytes that are none', async () => {
    const { trial, passkey } = await withPasskey()
    for (const field of ['clientDataJSON', 'authenticatorData', 'signature'] as const)
      for (const value of ['AA', 'eyJ9', null]) {
        const own = (await beginPasskeySignIn(trial, later)).challenge
        const fine = passkey.assert({ challenge: own.value })
        const bad = { ...fine, response: { ...fine.response, [field]: value ?? tampered(fine.response[field]) } }
        expect(await codeOf(enter(trial, bad, own)), `${field} ${value}`).toBe('invalid_passkey')
      }
  })
})

describe('a challenge', () => {
  test('MF11 works once, whichever instance it comes back to', async () => {
    const { trial, passkey } = await withPasskey()
    const { challenge } = await beginPasskeySignIn(trial, later)
    const assertion = passkey.assert({ challenge: challenge.value })
    expect(await enter(trial, assertion, challenge)).toMatchObject({ admitted: true })
    const other = await joinTrial(trial.dataDir)
    for (const place of [trial, other]) expect(await codeOf(enter(place, assertion, challenge))).toBe('invalid_passkey')
  })

  test('MF11 brought by sixteen at once makes one session', async () => {
    const { trial, passkey } = await withPasskey()
    const { challenge } = await beginPasskeySignIn(trial, later)
    const assertion = passkey.assert({ challenge: challenge.value })
    const done = await Promise.allSettled(Array.from({ length: 16 }, () => enter(trial, assertion, challenge)))
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('is used up by what fails as well', async () => {
    const { trial, passkey } = await withPasskey()
    const { challenge } = await beginPasskeySignIn(trial, later)
    const bad = passkey.assert({ challenge: challenge.value, flags: flags.present })
    expect(await codeOf(enter(trial, bad, challenge))).toBe('invalid_passkey')
    const good = passkey.assert({ challenge: challenge.value })
    expect(await codeOf(enter(trial, good, challenge))).toBe('invalid_passkey')
  })

  test('is good for five minutes, in the browser that asked, and for what it was made', async () => {
    const { trial, person, passkey } = await withPasskey()
    const { challenge } = await beginPasskeySignIn(trial, later)
    const assertion = passkey.assert({ challenge: challenge.value })
    expect(await codeOf(enter(trial, assertion, challenge, later + 5 * minute))).toBe('invalid_passkey')
    expect(await codeOf(enter(trial, assertion, undefined))).toBe('invalid_passkey')
    for (const purpose of ['register', 'reauthenticate'] as const) {
      const foreign = makeChallenge(trial, purpose, null, later)
      const own = makeChallenge(trial, purpose, person.user.id, later)
      for (const made of [foreign, own]) {
        const signed = passkey.assert({ challenge: made.value })
        expect(await codeOf(enter(trial, signed, made)), purpose).toBe('invalid_passkey')
      }
    }
    expect(await enter(trial, assertion, challenge)).toMatchObject({ admitted: true })
  })
})

describe('a counter', () => {
  test('MF11 that went back, or stood still, is refused and told to the owner; one that goes on is fine', async () => {
    const { trial, passkey } = await withPasskey()
    expect(await attempt(trial, passkey, { counter: 5 })).toMatchObject({ admitted: true })
    trial.mails.length = 0
    for (const counter of [5, 4, 0]) expect(await codeOf(attempt(trial, passkey, { counter }))).toBe('invalid_passkey')
    expect(auditNames(trial).filter((name) => name === 'passkey_copied')).toHaveLength(3)
    expect(trial.mails[0]).toMatchObject({ to: email, subject: 'We refused one of your passkeys' })
    expect(await attempt(trial, passkey, { counter: 6 })).toMatchObject({ admitted: true })
  })

  test('raises no alarm where the signature is not even the key’s', async () => {
    const { trial, person, passkey } = await withPasskey()
    await attempt(trial, passkey, { counter: 5 })
    const forger = makeSoftPasskey(person.user.id)
    const { challenge } = await beginPasskeySignIn(trial, later)
    const forged = { ...forger.assert({ challenge: challenge.value, counter: 1 }), id: passkey.id, rawId: passkey.id }
    expect(await codeOf(enter(trial, forged, challenge))).toBe('invalid_passkey')
    expect(auditNames(trial)).not.toContain('passkey_copied')
  })
})

test('R-3 tries are counted by network before anything is looked at; good ones are given back', async () => {
  const { trial, passkey } = await withPasskey()
  const stranger = makeSoftPasskey('nobody')
  const { challenge } = await beginPasskeySignIn(trial, later)
  const nonsense = stranger.assert({ challenge: challenge.value })
  for (let i = 0; i < 100; i++) await refusalOf(enter(trial, nonsense, challenge, later, mallory))
  expect(await codeOf(enter(trial, nonsense, challenge, later, mallory))).toBe('rate_limited')
  expect(await attempt(trial, passkey)).toMatchObject({ admitted: true })
})

test('where APP_URL has an IP address there are none, in plain words', async () => {
  const trial = await openTrial({ APP_URL: 'http://127.0.0.1:3000' })
  const refusal = await refusalOf(beginPasskeySignIn(trial, start))
  expect([refusal.code, refusal.details.detail]).toEqual(['not_found', expect.stringContaining('host name')])
})
