// A session that ends while it adds a way in adds none: whoever ended it would not know of that way.
import { expect, test } from 'vitest'
import { countRecoveryCodes } from '../db/recovery-codes'
import { endSession } from '../db/sessions'
import { countWaysIn } from '../db/ways-in'
import { renewRecoveryCodes } from './authenticator'
import { connectOwn } from './connected-accounts'
import type { Context } from './context'
import { setPassword } from './own-password'
import type { Holder } from './own-sessions'
import { addPasskey, beginPasskey } from './passkeys'
import { makePersonalToken } from './personal-tokens'
import { turnOn } from './testing/authenticator'
import { makeSoftPasskey } from './testing/passkey'
import { enrol, password, sessionOf } from './testing/people'
import { refusalOf } from './testing/records'
import { ann, minute, openTrial, start } from './testing/trial'

const addPasskeyOf = async (trial: Context, holder: Holder) => {
  const passkey = makeSoftPasskey(holder.user.id)
  const { challenge } = await beginPasskey(trial, holder, start)
  const attestation = passkey.attest({ challenge: challenge.value })
  return addPasskey(trial, holder, { attestation, name: null }, challenge, ann, start)
}
const profile = { subject: '1', email: null, name: 'Ann' }
const billing = 'https://billing.example'

test.each<[string, (trial: Context, holder: Holder) => Promise<unknown>]>([
  ['passkey', addPasskeyOf],
  ['connected account', (trial, holder) => connectOwn(trial, holder, 'acme', profile, ann, start)],
  ['password', (trial, holder) => setPassword(trial, holder, password, ann, start)],
  [
    'personal access token',
    (trial, holder) => makePersonalToken(trial, holder, { name: 'x', audience: billing, days: 1 }, ann, start),
  ],
])('no %s', async (_, add) => {
  const trial = await openTrial({ SERVICE_AUDIENCES: billing })
  const person = await enrol(trial)
  const holder = { user: person.user, session: await sessionOf(trial, person.sid) }
  await endSession(trial.db, person.sid, 'signed_out', start)
  expect((await refusalOf(add(trial, holder))).code).toBe('unauthenticated')
  expect(await countWaysIn(trial.db, person.user.id)).toEqual({ password: false, passkeys: 0, connected: 0 })
  expect(await trial.db.q.select().from(trial.db.t.personalTokens)).toEqual([])
  expect(trial.mails).toEqual([])
})

test('a session that ended makes no new recovery codes, and those before stay', async () => {
  const trial = await openTrial()
  const person = await enrol(trial)
  const app = await turnOn(trial, { user: person.user, session: await sessionOf(trial, person.sid) })
  await endSession(trial.db, app.session.id, 'signed_out', start)
  const told = trial.mails.length
  const proof = { method: 'totp', code: app.code(start + minute) } as const
  expect((await refusalOf(renewRecoveryCodes(trial, app, proof, ann, start + minute))).code).toBe('unauthenticated')
  expect(await countRecoveryCodes(trial.db, person.user.id)).toBe(app.codes.length)
  expect(trial.mails).toHaveLength(told)
})
