// A step-up by mail: for whoever has no password, and nobody else.
import { expect, test } from 'vitest'
import { askForCode } from './email-sign-in'
import { askForProofCode } from './mailed-proof'
import { changeName } from './profile'
import { reauthenticate } from './reauthenticate'
import { enrol, password, sessionOf } from './testing/people'
import { auditNames, refusalOf } from './testing/records'
import { ann, mallory, minute, openTrial, start } from './testing/trial'

const withPerson = async (how: Parameters<typeof enrol>[1] = {}) => {
  const trial = await openTrial()
  const { user, sid } = await enrol(trial, how)
  return { trial, holder: { user, session: await sessionOf(trial, sid) } }
}

test('a code in a mail proves who has no password, once', async () => {
  const { trial, holder } = await withPerson()
  const pending = await askForProofCode(trial, holder, ann, start)
  const code = /^\s{4}(\d{6})$/m.exec(trial.mails[0]?.text ?? '')?.[1] ?? ''
  const at = start + 9 * minute
  const prove = (what: typeof pending | undefined) =>
    reauthenticate(trial, holder, { mailed: { code, pending: what } }, ann, at)
  expect((await refusalOf(prove(undefined))).code).toBe('invalid_code')
  expect((await refusalOf(prove({ ...pending, purpose: 'sign_in' }))).code).toBe('invalid_code')
  expect((await prove(pending)).session.authTime).toBe(at)
  expect((await refusalOf(prove(pending))).code).toBe('invalid_code')
})

test('R-1 strangers who ask for codes to sign in use up none of those to confirm with', async () => {
  const { trial, holder } = await withPerson()
  const { email } = holder.user
  for (let i = 0; i < 9; i++) await (await askForCode(trial, { email, remember: false }, mallory, start)).mailing
  const before = trial.mails.length
  for (let i = 0; i < 6; i++) await askForProofCode(trial, holder, ann, start)
  expect(trial.mails).toHaveLength(before + 6)
  expect((await refusalOf(askForProofCode(trial, holder, ann, start))).code).toBe('rate_limited')
})

test('whoever has a password, or is a demo user, is mailed no code', async () => {
  for (const how of [{ password }, { demo: true }]) {
    const { trial, holder } = await withPerson(how)
    expect((await refusalOf(askForProofCode(trial, holder, ann, start))).code).toBe('forbidden')
    expect(trial.mails).toEqual([])
  }
})

test('a name is changed and put on record, unless it is the same', async () => {
  const { trial, holder } = await withPerson()
  expect((await changeName(trial, holder, 'Ann Other', ann, start)).name).toBe('Ann Other')
  await changeName(trial, { ...holder, user: { ...holder.user, name: 'Ann Other' } }, 'Ann Other', ann, start)
  expect(auditNames(trial)).toEqual(['name_changed'])
})
