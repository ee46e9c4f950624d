// The end of an account: at once for every session and token, for good after seven days, undone by a link in a mail.
import { describe, expect, test } from 'vitest'
import { ownDataView } from '../web/own-data-view'
import { checkSession } from './check-session'
import { deleteAccount, departedAddress, undoDeletion } from './delete-account'
import { exportData } from './export-data'
import { makePersonalToken } from './personal-tokens'
import { refreshSession } from './refresh'
import { signIn } from './sign-in'
import { sweep } from './sweep'
import { turnOn } from './testing/authenticator'
import { carrying, enrol, noCookies, password, sessionOf } from './testing/people'
import { auditNames, refusalOf } from './testing/records'
import { ann, day, openTrial, start, type Trial } from './testing/trial'

const email = 'ann@example.com'
const withAnn = async () => {
  const trial = await openTrial()
  const person = await enrol(trial, { email, password })
  return { trial, person, holder: { user: person.user, session: await sessionOf(trial, person.sid) } }
}
const deleted = async () => {
  const { trial, person, holder } = await withAnn()
  await deleteAccount(trial, holder, ann, start)
  return { trial, person, token: tokenIn(trial) }
}
const tokenIn = ({ mails }: Trial) => /undo-deletion\/link\?token=([\w-]+)/.exec(mails.at(-1)?.text ?? '')?.[1] ?? ''
const enter = (trial: Trial) => signIn(trial, { email, password, remember: false }, noCookies, ann, start)
const codeOf = async (refused: Promise<unknown>) => (await refusalOf(refused)).code

describe('deleting an account', () => {
  test('K20 ends sessions, tokens and sign-in at once, and tells the owner', async () => {
    const { trial, person } = await deleted()
    expect(await checkSession(trial, carrying(person.tokens), start)).toMatchObject({ ok: false })
    expect(await refreshSession(trial, person.tokens.refresh, ann, start)).toMatchObject({ ok: false })
    expect(await codeOf(enter(trial))).toBe('invalid_credentials')
    expect(trial.mails).toMatchObject([{ to: email, subject: 'Your account was deleted' }])
    expect(auditNames(trial)).toContain('account_deleted')
  })

  test('K20 the same address signs up again as a new user, and the account before can’t come back', async () => {
    const { trial, person, token } = await deleted()
    const again = await enrol(trial, { email, password })
    expect(again.user.id).not.toBe(person.user.id)
    const { code, details } = await refusalOf(undoDeletion(trial, token, ann, start))
    expect([code, details.detail]).toEqual([
      'invalid_link',
      expect.stringContaining('signed up with this address again'),
    ])
  })

  test('after seven days nothing is left', async () => {
    const { trial, token } = await deleted()
    await sweep(trial, start + 6 * day)
    expect(await departedAddress(trial, token, start + 6 * day)).toBe(email)
    expect(await codeOf(undoDeletion(trial, token, ann, start + 7 * day))).toBe('invalid_link')
    await sweep(trial, start + 7 * day)
    expect(await trial.db.q.select().from(trial.db.t.users)).toEqual([])
  })

  test('is not for a demo user', async () => {
    const { trial } = await withAnn()
    const guest = await enrol(trial, { demo: true })
    const holder = { user: guest.user, session: await sessionOf(trial, guest.sid) }
    expect(await codeOf(deleteAccount(trial, holder, ann, start))).toBe('forbidden')
  })
})

describe('undoing it', () => {
  test('brings the account back, but no session and no token, and tells the owner', async () => {
    const { trial, person, token } = await deleted()
    await undoDeletion(trial, token, ann, start + 6 * day)
    expect(await checkSession(trial, carrying(person.tokens), start)).toMatchObject({ ok: false })
    expect(await enter(trial)).toMatchObject({ admitted: true, signedIn: { user: { id: person.user.id } } })
    expect(trial.mails.map(({ subject }) => subject)).toContain('Your account is back')
    expect(await codeOf(undoDeletion(trial, token, ann, start))).toBe('invalid_link')
  })

  test('of sixteen at once is done once', async () => {
    const { trial, token } = await deleted()
    const done = await Promise.allSettled(Array.from({ length: 16 }, () => undoDeletion(trial, token, ann, start)))
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})

test('K21 the export has what is kept, and no secret', async () => {
  const { trial, holder } = await withAnn()
  const { secret } = await makePersonalToken(
    trial,
    holder,
    { name: 'nightly', audience: trial.env.JWT_AUDIENCE, days: 1 },
    ann,
    start,
  )
  const app = await turnOn(trial, holder)
  const view = ownDataView(await exportData(trial, app, ann, start), start)
  expect(view).toMatchObject({
    exportedAt: '2027-01-15T08:00:00.000Z',
    user: { email, name: 'Ann Example', createdAt: '2027-01-15T08:00:00.000Z' },
    password: true,
    authenticatorSince: '2027-01-15T08:00:00.000Z',
    recoveryCodesLeft: 10,
    personalTokens: [{ name: 'nightly' }],
  })
  const text = JSON.stringify(view)
  const { id, salt } = app.session
  for (const part of [secret, app.secret, ...app.codes, id, salt, 'argon2', ann.ip]) expect(text).not.toContain(part)
})
