// Step-up by passkey: by one's own, for a challenge of this session's user.
import { expect, test } from 'vitest'
import { beginPasskeySignIn } from './passkey-sign-in'
import { beginPasskeyStepUp, passkeyStepUp } from './passkey-step-up'
import { addPasskey, beginPasskey } from './passkeys'
import { makeSoftPasskey } from './testing/passkey'
import { enrol, password, sessionOf } from './testing/people'
import { auditNames, refusalOf } from './testing/records'
import { ann, minute, openTrial, start, type Trial } from './testing/trial'

const later = start + 11 * minute

const withPasskey = async (trial: Trial, email: string, hashed?: string) => {
  const person = await enrol(trial, { email, ...(hashed && { password: hashed }) })
  const holder = { user: person.user, session: await sessionOf(trial, person.sid) }
  const passkey = makeSoftPasskey(person.user.id)
  const { challenge } = await beginPasskey(trial, holder, start)
  const attestation = passkey.attest({ challenge: challenge.value })
  await addPasskey(trial, holder, { attestation, name: 'Phone' }, challenge, ann, start)
  return { holder, passkey }
}
type Holder = Awaited<ReturnType<typeof withPasskey>>['holder']

const begin = async (trial: Trial, holder: Holder) => {
  const { begun } = await beginPasskeyStepUp(trial, holder, later)
  if (!begun) throw new Error('There is no passkey')
  return begun
}

test('gives the session a new sid, a fresh proof and two factors', async () => {
  const trial = await openTrial()
  const { holder, passkey } = await withPasskey(trial, 'ann@example.com')
  const { challenge, options } = await begin(trial, holder)
  expect(options).toMatchObject({ userVerification: 'required', allowCredentials: [{ id: passkey.id }] })
  const assertion = passkey.assert({ challenge: challenge.value, userHandle: null })
  const { session } = await passkeyStepUp(trial, holder, assertion, challenge, ann, later)
  expect(session).toMatchObject({ authTime: later, amr: ['pwd', 'hwk', 'user', 'mfa'] })
  expect(session.id).not.toBe(holder.session.id)
  expect(auditNames(trial)).toContain('reauthenticated')
})

test('MF11 takes no other user’s passkey, and no challenge that was made for something or somebody else', async () => {
  const trial = await openTrial()
  const { holder, passkey } = await withPasskey(trial, 'ann@example.com')
  const bob = await withPasskey(trial, 'bob@example.com')
  const bring = async (by: typeof passkey, challenge: Awaited<ReturnType<typeof begin>>['challenge']) =>
    (await refusalOf(passkeyStepUp(trial, holder, by.assert({ challenge: challenge.value }), challenge, ann, later)))
      .code
  expect(await bring(bob.passkey, (await begin(trial, holder)).challenge)).toBe('invalid_passkey')
  expect(await bring(passkey, (await begin(trial, bob.holder)).challenge)).toBe('invalid_passkey')
  expect(await bring(passkey, (await beginPasskeySignIn(trial, later)).challenge)).toBe('invalid_passkey')
})

test('says who has a password and who has a passkey', async () => {
  const trial = await openTrial()
  const { holder } = await withPasskey(trial, 'ann@example.com', password)
  expect(await beginPasskeyStepUp(trial, holder, later)).toMatchObject({ password: true, begun: { options: {} } })
  const bob = await enrol(trial, { email: 'bob@example.com' })
  const his = { user: bob.user, session: await sessionOf(trial, bob.sid) }
  expect(await beginPasskeyStepUp(trial, his, later)).toEqual({ password: false, begun: null })
})
