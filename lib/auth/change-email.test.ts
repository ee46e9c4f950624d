// Another address: proven by its own mailbox, told to the one before, undone from there.
import { describe, expect, test } from 'vitest'
import { deleteDeparted } from '../db/departures'
import { findPasswordHash, findUser, passwordSet } from '../db/users'
import { askForNewEmail, confirmNewEmail, undoNewEmail, undoOfLink } from './change-email'
import { checkSession } from './check-session'
import { deleteAccount, undoDeletion } from './delete-account'
import { forgotPassword } from './forgot-password'
import { resetPassword } from './reset-password'
import { carrying, enrol, sessionOf } from './testing/people'
import { auditNames, refusalOf } from './testing/records'
import { ann, day, minute, openTrial, start, type Trial } from './testing/trial'

const [email, fresh] = ['ann@example.com', 'ann@new.example']
const withAnn = async () => {
  const trial = await openTrial()
  const person = await enrol(trial, { email })
  return { trial, person, holder: { user: person.user, session: await sessionOf(trial, person.sid) } }
}
type Holder = Awaited<ReturnType<typeof withAnn>>['holder']
const ask = async (trial: Trial, holder: Holder, address = fresh, at = start) => {
  const { pending, mailing } = await askForNewEmail(trial, holder, address, at)
  await mailing
  return pending
}
const lastCode = ({ mails }: Trial) => /^\s{4}(\d{6})$/m.exec(mails.at(-1)?.text ?? '')?.[1] ?? ''
const undoToken = ({ mails }: Trial) =>
  mails.map(({ text }) => /undo-email\/link\?token=([\w-]+)/.exec(text)?.[1]).find(Boolean) ?? ''
const codeOf = async (refused: Promise<unknown>) => (await refusalOf(refused)).code
const addressOf = async ({ db }: Trial, { user }: Holder) =>
  (await db.q.select().from(db.t.users)).find(({ id }) => id === user.id)?.email

const changed = async () => {
  const { trial, person, holder } = await withAnn()
  const pending = await ask(trial, holder)
  const code = lastCode(trial)
  const user = await confirmNewEmail(trial, holder, code, pending, ann, start)
  return { trial, person, holder, pending, code, user }
}

describe('a new address', () => {
  test('P11 is proven by a code that goes there; the one before is told, with a way back', async () => {
    const { trial, holder, user } = await changed()
    expect(user.email).toBe(fresh)
    expect(await addressOf(trial, holder)).toBe(fresh)
    expect(trial.mails.map(({ to, subject }) => [to, subject])).toEqual([
      [fresh, 'Confirm your new address'],
      [email, 'The address of your account was changed'],
    ])
    expect(auditNames(trial)).toEqual(['email_changed'])
  })

  test('K15 takes a code once, of this browser, this account and these ten minutes', async () => {
    const { trial, holder } = await withAnn()
    const pending = await ask(trial, holder)
    const code = lastCode(trial)
    const bob = await enrol(trial)
    const his = { user: bob.user, session: await sessionOf(trial, bob.sid) }
    const late = start + 10 * minute
    expect(await codeOf(confirmNewEmail(trial, his, code, pending, ann, start))).toBe('invalid_code')
    expect(await codeOf(confirmNewEmail(trial, holder, code, undefined, ann, start))).toBe('invalid_code')
    expect(await codeOf(confirmNewEmail(trial, holder, code, pending, ann, late))).toBe('invalid_code')
    const newer = await ask(trial, holder, 'ann@third.example')
    expect(await codeOf(confirmNewEmail(trial, holder, code, pending, ann, start))).toBe('invalid_code')
    const tries = Array.from({ length: 5 }, () => confirmNewEmail(trial, holder, lastCode(trial), newer, ann, start))
    const done = await Promise.allSettled(tries)
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await addressOf(trial, holder)).toBe('ann@third.example')
  })

  test('P09 that has an account is told in its own mailbox alone', async () => {
    const { trial, holder } = await withAnn()
    await enrol(trial, { email: fresh })
    const pending = await ask(trial, holder)
    expect(trial.mails).toMatchObject([{ to: fresh, subject: 'This address has an account already' }])
    expect(await codeOf(confirmNewEmail(trial, holder, '123456', pending, ann, start))).toBe('invalid_code')
    expect(await addressOf(trial, holder)).toBe(email)
  })

  test('P10 goes to one of two who prove it at once', async () => {
    const { trial, holder } = await withAnn()
    const bob = await enrol(trial)
    const his = { user: bob.user, session: await sessionOf(trial, bob.sid) }
    const mine = { pending: await ask(trial, holder), code: lastCode(trial) }
    const other = { pending: await ask(trial, his), code: lastCode(trial) }
    const done = await Promise.allSettled([
      confirmNewEmail(trial, holder, mine.code, mine.pending, ann, start),
      confirmNewEmail(trial, his, other.code, other.pending, ann, start),
    ])
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('K15 of four at once is one; a fault of the database uses nothing up', async () => {
    const { trial, holder } = await withAnn()
    const pending = await ask(trial, holder)
    const code = lastCode(trial)
    const confirm = () => confirmNewEmail(trial, holder, code, pending, ann, start)
    trial.db.q.run(`create trigger faulty before update of email on users begin select raise(abort, 'faulty'); end`)
    await expect(confirm()).rejects.toThrow()
    trial.db.q.run('drop trigger faulty')
    // More would be refused by the limit of a browser: the contract of the write has all sixteen.
    const done = await Promise.allSettled(Array.from({ length: 4 }, confirm))
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('of two at once, the loser does not take the way back of the winner away', async () => {
    const { trial, holder } = await withAnn()
    const asked = await Promise.all(
      [fresh, 'ann@third.example'].map((address) => askForNewEmail(trial, holder, address, start)),
    )
    await Promise.all(asked.map(({ mailing }) => mailing))
    const codes = trial.mails.map(({ to, text }) => [to, /^\s{4}(\d{6})$/m.exec(text)?.[1] ?? ''] as const)
    const done = await Promise.allSettled(
      asked.map(({ pending }) =>
        confirmNewEmail(trial, holder, new Map(codes).get(pending.email) ?? '', pending, ann, start),
      ),
    )
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await undoOfLink(trial, undoToken(trial), start)).toMatchObject({ former: email })
  })

  test('voids a link for a new password that went to the one before', async () => {
    const { trial, holder } = await withAnn()
    await (await forgotPassword(trial, email, ann, start)).mailing
    const token = /reset-password\/link\?token=([\w-]+)/.exec(trial.mails.at(-1)?.text ?? '')?.[1] ?? ''
    const pending = await ask(trial, holder)
    await confirmNewEmail(trial, holder, lastCode(trial), pending, ann, start)
    const reset = resetPassword(trial, { token, password: 'lantern gravel sonnet orbit' }, ann, start)
    expect(await codeOf(reset)).toBe('invalid_link')
  })
})

describe('undoing it', () => {
  test('puts the address back, ends every session, tells both and signs in nobody', async () => {
    const { trial, person, holder } = await changed()
    const token = undoToken(trial)
    expect(await undoOfLink(trial, token, start)).toMatchObject({ former: email })
    trial.mails.length = 0
    await undoNewEmail(trial, token, ann, start + 6 * day)
    expect(await addressOf(trial, holder)).toBe(email)
    expect(await checkSession(trial, carrying(person.tokens), start)).toMatchObject({ ok: false })
    expect(trial.mails.map(({ to }) => to)).toEqual([email, fresh])
    expect(await codeOf(undoNewEmail(trial, token, ann, start))).toBe('invalid_link')
  })

  test('takes away the ways in that were added since, and leaves those from before', async () => {
    const { trial, holder } = await changed()
    const { db } = trial
    const { id } = holder.user
    await db.batch((tx) => [passwordSet(tx, db.t, id, 'owner’s', start - 2 * day)])
    const passkey = { userId: id, publicKey: 'x', counter: 0, transports: [], name: 'x', backedUp: false }
    await db.q.insert(db.t.passkeys).values([
      { ...passkey, id: 'owner’s', createdAt: start - 2 * day },
      { ...passkey, id: 'thief’s, before', createdAt: start - minute },
      { ...passkey, id: 'thief’s, since', createdAt: start + minute },
    ])
    await undoNewEmail(trial, undoToken(trial), ann, start + day)
    expect((await db.q.select().from(db.t.passkeys)).map((row) => row.id)).toEqual(['owner’s'])
    expect(await findPasswordHash(db, id)).toBe('owner’s')
  })

  test('brings back an account that was deleted since, whether or not it was brought back elsewhere before', async () => {
    for (const returned of [false, true]) {
      const { trial, holder } = await changed()
      const token = undoToken(trial)
      await deleteAccount(trial, { ...holder, user: { ...holder.user, email: fresh } }, ann, start + minute)
      const link = /undo-deletion\/link\?token=([\w-]+)/.exec(trial.mails.at(-1)?.text ?? '')?.[1] ?? ''
      const thief = trial.mails.at(-1)?.to
      if (returned) await undoDeletion(trial, link, ann, start + minute)
      trial.mails.length = 0
      await undoNewEmail(trial, token, ann, start + day)
      expect(await findUser(trial.db, holder.user.id)).toMatchObject({ email, disabledAt: null })
      expect([thief, ...trial.mails.map(({ to }) => to)]).toEqual(returned ? [fresh, email, fresh] : [fresh, email])
      expect(await codeOf(undoDeletion(trial, link, ann, start + day))).toBe('invalid_link')
      expect(await deleteDeparted(trial.db, start + 9 * day, 9)).toBe(0)
    }
  })

  test('takes a password away that was set since', async () => {
    const { trial, holder } = await changed()
    const { db } = trial
    const { id } = holder.user
    await db.batch((tx) => [passwordSet(tx, db.t, id, 'thief’s', start + minute)])
    await undoNewEmail(trial, undoToken(trial), ann, start + day)
    expect(await findPasswordHash(db, id)).toBeNull()
    await (await forgotPassword(trial, email, ann, start + day)).mailing
    expect(trial.mails.at(-1)?.to).toBe(email)
    const token = /reset-password\/link\?token=([\w-]+)/.exec(trial.mails.at(-1)?.text ?? '')?.[1] ?? ''
    await resetPassword(trial, { token, password: 'lantern gravel sonnet orbit' }, ann, start + day)
    expect(await findPasswordHash(db, id)).not.toBeNull()
  })

  test('is over after seven days, once only, and not where the address has another account by now', async () => {
    const { trial, holder } = await changed()
    const token = undoToken(trial)
    expect(await codeOf(undoNewEmail(trial, token, ann, start + 7 * day))).toBe('invalid_link')
    expect(await codeOf(undoNewEmail(trial, 'A'.repeat(43), ann, start))).toBe('invalid_link')
    await enrol(trial, { email })
    expect(await codeOf(undoNewEmail(trial, token, ann, start))).toBe('invalid_link')
    expect(await addressOf(trial, holder)).toBe(fresh)
  })

  test('is not undone by whoever changed it twice: the ways back of later changes are void', async () => {
    const { trial, person, holder } = await changed()
    const again = { ...holder, user: { ...holder.user, email: fresh } }
    const third = await ask(trial, again, 'thief@third.example')
    await confirmNewEmail(trial, again, lastCode(trial), third, ann, start)
    const links = trial.mails.map(({ text }) => /undo-email\/link\?token=([\w-]+)/.exec(text)?.[1]).filter(Boolean)
    const [owners, thiefs] = [links[0] ?? '', links[1] ?? '']
    expect(await undoOfLink(trial, thiefs, start)).toMatchObject({ former: fresh })
    await undoNewEmail(trial, owners, ann, start)
    expect(await codeOf(undoNewEmail(trial, thiefs, ann, start))).toBe('invalid_link')
    expect(await addressOf(trial, holder)).toBe(email)
    expect(await checkSession(trial, carrying(person.tokens), start)).toMatchObject({ ok: false })
  })

  test('can follow the undoing of a later change: the owner has the last word', async () => {
    const { trial, holder } = await changed()
    const owners = undoToken(trial)
    const again = { ...holder, user: { ...holder.user, email: fresh } }
    const third = await ask(trial, again, 'thief@third.example')
    await confirmNewEmail(trial, again, lastCode(trial), third, ann, start)
    await undoNewEmail(
      trial,
      /undo-email\/link\?token=([\w-]+)/.exec(trial.mails.at(-1)?.text ?? '')?.[1] ?? '',
      ann,
      start,
    )
    expect(await addressOf(trial, holder)).toBe(fresh)
    await undoNewEmail(trial, owners, ann, start)
    expect(await addressOf(trial, holder)).toBe(email)
  })

  test('of sixteen at once is done once', async () => {
    const { trial } = await changed()
    const token = undoToken(trial)
    const done = await Promise.allSettled(Array.from({ length: 16 }, () => undoNewEmail(trial, token, ann, start)))
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})
