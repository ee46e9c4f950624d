// A password is set by who has none, and removed by who gets in without.
import { describe, expect, test } from 'vitest'
import { findPasswordHash } from '../db/users'
import { checkSession } from './check-session'
import { forgotPassword } from './forgot-password'
import { removePassword, setPassword } from './own-password'
import { addPasskey, beginPasskey, passkeyHandle, removeOwnPasskey } from './passkeys'
import { resetPassword } from './reset-password'
import { signIn } from './sign-in'
import { makeSoftPasskey } from './testing/passkey'
import { carrying, enrol, noCookies, password, sessionOf } from './testing/people'
import { auditNames, refusalOf } from './testing/records'
import { ann, openTrial, start } from './testing/trial'

const email = 'ann@example.com'
const asked = { email, password, remember: false }
const codeOf = async (attempt: Promise<unknown>) => (await refusalOf(attempt)).code

const withAnn = async ({ passkey = true, ...how }: { passkey?: boolean; password?: string; demo?: boolean } = {}) => {
  const trial = await openTrial()
  const person = await enrol(trial, { email, ...how })
  const holder = { user: person.user, session: await sessionOf(trial, person.sid) }
  if (!passkey) return { trial, person, holder, handle: '' }
  const { challenge } = await beginPasskey(trial, holder, start)
  const attestation = makeSoftPasskey(person.user.id).attest({ challenge: challenge.value })
  const made = await addPasskey(trial, holder, { attestation, name: 'Phone' }, challenge, ann, start)
  trial.mails.length = 0
  return { trial, person, holder, handle: passkeyHandle(made) }
}

describe('a password that is removed', () => {
  test('S12 signs nobody in, every other session is over, and the owner is told', async () => {
    const { trial, person, holder } = await withAnn({ password })
    const { tokens } = await removePassword(trial, holder, ann, start)
    expect(await codeOf(signIn(trial, asked, noCookies, ann, start))).toBe('invalid_credentials')
    expect(await checkSession(trial, carrying(tokens), start)).toMatchObject({ ok: true })
    expect(await checkSession(trial, carrying(person.tokens), start)).toMatchObject({ ok: false })
    expect(trial.mails).toMatchObject([{ to: email, subject: 'Your password was removed' }])
    expect(auditNames(trial)).toContain('password_removed')
  })

  test('takes the links for a new one with it', async () => {
    const { trial, holder } = await withAnn({ password })
    await (await forgotPassword(trial, email, ann, start)).mailing
    const token = /reset-password\/link\?token=([\w-]+)/.exec(trial.mails.at(-1)?.text ?? '')?.[1] ?? ''
    expect(token).not.toBe('')
    await removePassword(trial, holder, ann, start)
    const chosen = { token, password: 'lantern gravel sonnet orbit' }
    expect(await codeOf(resetPassword(trial, chosen, ann, start))).toBe('invalid_link')
  })

  test('stays while it is the only way in, and so does the passkey then', async () => {
    const alone = await withAnn({ password, passkey: false })
    expect(await codeOf(removePassword(alone.trial, alone.holder, ann, start))).toBe('last_way_in')
    const { trial, holder, handle } = await withAnn({ password })
    const both = await Promise.allSettled([
      removePassword(trial, holder, ann, start),
      removeOwnPasskey(trial, holder, handle, ann, start),
    ])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})

describe('a password that is set', () => {
  test('signs in from then on, and the owner is told', async () => {
    const { trial, holder } = await withAnn()
    await setPassword(trial, holder, password, ann, start)
    expect(await signIn(trial, asked, noCookies, ann, start)).toMatchObject({ admitted: true })
    expect(trial.mails[0]).toMatchObject({ to: email, subject: 'Your account has a password now' })
    expect(auditNames(trial)).toContain('password_set')
  })

  test('is a good one, and only where there is none', async () => {
    const { trial, holder } = await withAnn()
    expect(await codeOf(setPassword(trial, holder, 'short', ann, start))).toBe('invalid_fields')
    const done = await Promise.allSettled(
      Array.from({ length: 4 }, () => setPassword(trial, holder, password, ann, start)),
    )
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await codeOf(setPassword(trial, holder, 'lantern gravel sonnet orbit', ann, start))).toBe('forbidden')
    expect(await findPasswordHash(trial.db, holder.user.id)).not.toBeNull()
  })

  test('is not for a demo user', async () => {
    const { trial, holder } = await withAnn({ demo: true, passkey: false })
    expect(await codeOf(setPassword(trial, holder, password, ann, start))).toBe('forbidden')
  })
})
