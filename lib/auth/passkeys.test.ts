// A user's own passkeys: which may be added, how they are named, and how they go.
import { describe, expect, test } from 'vitest'
import { checkSession } from './check-session'
import { makeChallenge } from './passkey-challenge'
import {
  addPasskey,
  beginPasskey,
  listOwnPasskeys,
  passkeyHandle,
  passkeysMost,
  removeOwnPasskey,
  renameOwnPasskey,
} from './passkeys'
import { flags, makeSoftPasskey, type Signing } from './testing/passkey'
import { carrying, enrol, password, sessionOf } from './testing/people'
import { auditNames, refusalOf } from './testing/records'
import { ann, minute, openTrial, start, type Trial } from './testing/trial'

const withAnn = async (how: { password?: string; demo?: boolean } = { password }) => {
  const trial = await openTrial()
  const person = await enrol(trial, { email: 'ann@example.com', ...how })
  return { trial, person, holder: { user: person.user, session: await sessionOf(trial, person.sid) } }
}
type Holder = Awaited<ReturnType<typeof withAnn>>['holder']
const codeOf = async (asked: Promise<unknown>) => (await refusalOf(asked)).code

const add = async (
  trial: Trial,
  holder: Holder,
  how: Partial<Signing> & { format?: 'fido-u2f' } = {},
  name = 'Phone',
) => {
  const passkey = makeSoftPasskey(holder.user.id)
  const { challenge } = await beginPasskey(trial, holder, start)
  const attestation = passkey.attest({ challenge: challenge.value, ...how })
  return addPasskey(trial, holder, { attestation, name }, challenge, ann, start)
}

describe('adding one', () => {
  test('asks for a key that browsers find by themselves, verified, and not twice on one authenticator', async () => {
    const { trial, holder } = await withAnn()
    const first = await add(trial, holder)
    const { options } = await beginPasskey(trial, holder, start)
    expect(options).toMatchObject({
      rp: { id: 'localhost' },
      user: { id: Buffer.from(holder.user.id).toString('base64url'), name: 'ann@example.com' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: [{ id: first.id, transports: ['internal'] }],
    })
  })

  test('keeps the public key, and tells the owner by mail', async () => {
    const { trial, holder } = await withAnn()
    const passkey = await add(trial, holder)
    expect(await listOwnPasskeys(trial, holder)).toEqual([passkey])
    expect(passkey).toMatchObject({ name: 'Phone', counter: 0, backedUp: false, transports: ['internal'] })
    expect(trial.mails).toMatchObject([{ to: 'ann@example.com', subject: 'A passkey was added' }])
    expect(auditNames(trial)).toContain('passkey_added')
  })

  test('calls it after the browser when nobody named it', async () => {
    const { trial, holder } = await withAnn()
    const passkey = makeSoftPasskey(holder.user.id)
    const { challenge } = await beginPasskey(trial, holder, start)
    const attestation = passkey.attest({ challenge: challenge.value })
    const firefox = { ...ann, userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }
    const made = await addPasskey(trial, holder, { attestation, name: null }, challenge, firefox, start)
    expect(made.name).toBe('Firefox 140 on Linux')
  })

  test.each<[string, Partial<Signing> & { format?: 'fido-u2f' }]>([
    ['another challenge', { challenge: Buffer.alloc(32, 7).toString('base64url') }],
    ['another origin', { origin: 'https://evil.example' }],
    ['another relying party', { rpId: 'evil.example' }],
    ['a frame of another page', { crossOrigin: true }],
    ['a use in place of a registration', { type: 'webauthn.get' }],
    ['a person who was not verified (UV=0)', { flags: flags.present }],
    ['a person who was not there (UP=0)', { flags: flags.verified }],
    ['an attestation that nobody asked for', { format: 'fido-u2f' }],
  ])('MF11 takes no %s', async (_name, how) => {
    const { trial, holder } = await withAnn()
    expect(await codeOf(add(trial, holder, how))).toBe('invalid_passkey')
    expect(await listOwnPasskeys(trial, holder)).toEqual([])
    expect(trial.mails).toEqual([])
  })

  test('MF11 takes a challenge once, made for this, for this person, within five minutes', async () => {
    const { trial, holder } = await withAnn()
    const bob = await enrol(trial, { email: 'bob@example.com' })
    const of = (userId: string | null, purpose: 'register' | 'sign_in' = 'register') =>
      makeChallenge(trial, purpose, userId, start)
    const own = of(holder.user.id)
    const passkey = makeSoftPasskey(holder.user.id)
    const bring = (challenge: typeof own, at = start) => {
      const attestation = passkey.attest({ challenge: challenge.value })
      return addPasskey(trial, holder, { attestation, name: null }, challenge, ann, at)
    }
    for (const challenge of [of(bob.user.id), of(null), of(holder.user.id, 'sign_in')])
      expect(await codeOf(bring(challenge))).toBe('invalid_passkey')
    expect(await codeOf(bring(own, start + 5 * minute))).toBe('invalid_passkey')
    const sixteen = await Promise.allSettled(Array.from({ length: 16 }, () => bring(own)))
    expect(sixteen.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('a credential that somebody holds already is refused like a wrong one', async () => {
    const { trial, holder } = await withAnn()
    const bob = await enrol(trial, { email: 'bob@example.com' })
    const his = { user: bob.user, session: await sessionOf(trial, bob.sid) }
    const passkey = makeSoftPasskey(holder.user.id)
    const bring = async (who: Holder) => {
      const { challenge } = await beginPasskey(trial, who, start)
      const attestation = passkey.attest({ challenge: challenge.value })
      return addPasskey(trial, who, { attestation, name: null }, challenge, ann, start)
    }
    expect(await bring(holder)).toBeTruthy()
    expect(await codeOf(bring(his))).toBe('invalid_passkey')
    expect(await listOwnPasskeys(trial, his)).toEqual([])
  })

  test(`ends at ${passkeysMost}, and is not for a demo user`, async () => {
    const { trial, holder } = await withAnn()
    for (let i = 0; i < passkeysMost; i++) await add(trial, holder)
    expect(await codeOf(beginPasskey(trial, holder, start))).toBe('invalid_fields')
    const guest = await enrol(trial, { demo: true })
    const his = { user: guest.user, session: await sessionOf(trial, guest.sid) }
    expect(await codeOf(beginPasskey(trial, his, start))).toBe('forbidden')
  })
})

describe('one’s own', () => {
  test('is renamed and removed by its owner alone', async () => {
    const { trial, holder } = await withAnn()
    const bob = await enrol(trial, { email: 'bob@example.com', password })
    const his = { user: bob.user, session: await sessionOf(trial, bob.sid) }
    const handle = passkeyHandle(await add(trial, holder))
    expect(handle).toMatch(/^[\w-]{22}$/)
    expect(await codeOf(renameOwnPasskey(trial, his, { id: handle, name: 'Mine' }))).toBe('not_found')
    expect(await codeOf(removeOwnPasskey(trial, his, handle, ann, start))).toBe('not_found')
    await renameOwnPasskey(trial, holder, { id: handle, name: 'Desk' })
    expect(await listOwnPasskeys(trial, holder)).toMatchObject([{ name: 'Desk' }])
  })

  test('S12 once removed ends every other session, and the owner is told', async () => {
    const { trial, person, holder } = await withAnn()
    const handle = passkeyHandle(await add(trial, holder))
    const { tokens } = await removeOwnPasskey(trial, holder, handle, ann, start)
    expect(await listOwnPasskeys(trial, holder)).toEqual([])
    expect(await checkSession(trial, carrying(tokens), start)).toMatchObject({ ok: true })
    expect(await checkSession(trial, carrying(person.tokens), start)).toMatchObject({ ok: false })
    expect(trial.mails.at(-1)).toMatchObject({ subject: 'A passkey was removed' })
    expect(auditNames(trial)).toContain('passkey_removed')
  })

  test('stays while it is the only way in', async () => {
    const { trial, holder } = await withAnn({})
    const handle = passkeyHandle(await add(trial, holder))
    expect(await codeOf(removeOwnPasskey(trial, holder, handle, ann, start))).toBe('last_way_in')
    expect(await listOwnPasskeys(trial, holder)).toHaveLength(1)
  })
})
