// Another address for an account: proven by a code that goes there, told to the address before with a way back. Whether the
// new address has an account already is only said in its own mailbox.
import { uuidv7 } from 'uuidv7'
import { AppError } from '../core/errors'
import { changeAddress, laterChangesVoided } from '../db/address-change'
import { accountReturned, hasDeparted } from '../db/departures'
import { raiseEpoch } from '../db/epochs'
import { findMailedToken, type MailedToken, resetTokensVoided, voidMailedTokens } from '../db/mailed-tokens'
import { findUser, findUserByEmail, type User } from '../db/users'
import { addedSinceRemoved } from '../db/ways-in-since'
import { emailChangedMail, emailRestoredMail, emailTakenMail, newEmailMail } from '../mail/templates'
import { afterwards, later } from './afterwards'
import { clientInWords } from './agent'
import { audit } from './audit'
import type { Client, Context } from './context'
import { spend } from './limits'
import { issueCode, type PendingCode, tryCode } from './mailed-code'
import { hashToken } from './mailed-secret'
import type { Holder } from './own-sessions'

/** How long the former address can be put back, milliseconds. */
const undoable = 7 * 86_400_000
/** Ways in that are this much older than the change may be of whoever changed the address, milliseconds. */
const prepared = 86_400_000

const mailNew = async (context: Context, pending: PendingCode, now: number): Promise<void> => {
  if ((await context.limits.mailHour.consume(pending.email)) > 0) return
  const known = await findUserByEmail(context.db, pending.email)
  if (known) return context.post(emailTakenMail(pending.email, `${context.env.APP_URL}/sign-in`))
  await context.post(newEmailMail(pending.email, await issueCode(context, pending, now)))
}

/** @returns what the browser keeps, and the work beside the answer, for tests */
export const askForNewEmail = async (
  context: Context,
  { user }: Holder,
  email: string,
  now: number,
): Promise<{ pending: PendingCode; mailing: Promise<void> }> => {
  if (user.demo) throw new AppError('forbidden', { detail: 'A demo user has no address to change.' })
  if (email === user.email)
    throw new AppError('invalid_fields', { errors: { email: 'That is your address already. Enter another.' } })
  await spend([[context.limits.emailChange, user.id]])
  await voidMailedTokens(context.db, 'change_email', user.id)
  const pending: PendingCode = {
    purpose: 'change_email',
    attempt: context.random(16),
    email,
    userId: user.id,
    remember: false,
  }
  return { pending, mailing: later('mailing a new address', () => mailNew(context, pending, now)) }
}

const undoOf = ({ id, email, name }: User, token: string, now: number): MailedToken => ({
  id: uuidv7(),
  purpose: 'undo_email',
  email,
  userId: id,
  tokenHash: hashToken(token),
  codeHash: '',
  name,
  passwordHash: null,
  createdAt: now,
  expiresAt: now + undoable,
})

/** @throws AppError `invalid_code` also where somebody else was faster with that address */
export const confirmNewEmail = async (
  context: Context,
  { user, session }: Holder,
  code: string,
  pending: PendingCode | undefined,
  client: Client,
  now: number,
): Promise<User> => {
  const own = pending?.purpose === 'change_email' && pending.userId === user.id
  if (!own) throw new AppError('invalid_code')
  const token = context.random(32)
  const change = { userId: user.id, from: user.email, to: pending.email, undo: undoOf(user, token, now) }
  const codeHash = await tryCode(context, pending, code, client)
  if (!(await changeAddress(context.db, { ...change, codeHash, by: session.id, at: now })))
    throw new AppError('invalid_code')
  await afterwards('giving a try back', context.limits.codeNetwork.reward(client.network))
  await audit(context, 'email_changed', client, now, { userId: user.id, sid: session.id })
  const when = new Date(now).toUTCString()
  const link = `${context.env.APP_URL}/undo-email/link?token=${token}`
  await context.post(emailChangedMail(user.email, user.name, when, clientInWords(client), link))
  return { ...user, email: pending.email }
}

/** The account and its former address that a link would put back; `null` for one that is used, too old, or never was ours. */
export const undoOfLink = async (
  { db }: Context,
  token: string,
  now: number,
): Promise<{ id: string; user: User; former: string; since: number } | null> => {
  const mailed = await findMailedToken(db, 'undo_email', { tokenHash: hashToken(token) }, now)
  const user = mailed && (await findUser(db, mailed.userId))
  // Whoever changed the address may have deleted the account as well.
  const open = user && (user.disabledAt === null || hasDeparted(user))
  return open ? { id: mailed.id, user, former: mailed.email, since: mailed.createdAt - prepared } : null
}

/**
 * Puts the address before back, ends every session, whoever began it, and takes away the ways in that were added since or on
 * the day before: they may be those of whoever changed it. Signs in nobody.
 */
export const undoNewEmail = async (context: Context, token: string, client: Client, now: number): Promise<void> => {
  await spend([[context.limits.codeNetwork, client.network]])
  const undo = await undoOfLink(context, token, now)
  if (!undo) throw new AppError('invalid_link')
  const { user, former, since } = undo
  const change = { userId: user.id, from: user.epoch, at: now, reason: 'email_restored' } as const
  const done = await raiseEpoch(context.db, { ...change, keep: null, by: null }, (tx, t) => [
    ...accountReturned(tx, t, user.id, former),
    laterChangesVoided(tx, t, user.id, undo.id),
    resetTokensVoided(tx, t, user.email),
    ...addedSinceRemoved(tx, t, user.id, { since, at: now }),
  ])
  if (!done)
    throw new AppError('invalid_link', {
      detail: 'That could not be done: the link was used a moment ago, or the address has another account by now.',
    })
  await audit(context, 'email_restored', client, now, { userId: user.id })
  const when = new Date(now).toUTCString()
  const forgot = `${context.env.APP_URL}/forgot-password`
  for (const to of new Set(hasDeparted(user) ? [former] : [former, user.email]))
    await context.post(emailRestoredMail(to, user.name, when, clientInWords(client), forgot))
}
