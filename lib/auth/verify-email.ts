// Proves an address by code or link, and only then makes the user and signs them in.
import { uuidv7 } from 'uuidv7'
import type { Carried } from '../core/carriers'
import { AppError } from '../core/errors'
import { findMailedToken, type MailedToken } from '../db/mailed-tokens'
import { createUser, type User } from '../db/users'
import { afterwards } from './afterwards'
import { type SignedIn, settleArrival } from './arrival'
import type { Client, Context } from './context'
import { prepareSession } from './issue-session'
import { spend } from './limits'
import { hashCode, hashToken } from './mailed-secret'
import type { PendingSignUp } from './sign-up'

const contested =
  'This address was signed up more than once, with different passwords. Enter the code from the mail in the browser where you signed up, or sign up again in a minute.'

const admit = async (
  context: Context,
  token: MailedToken,
  own: PendingSignUp | null,
  carried: Carried,
  client: Client,
  now: number,
): Promise<SignedIn> => {
  // Another's sign-up for this address must not leave its password behind: the browser's own comes first.
  const source = own?.email === token.email ? own : token
  if (source.passwordHash === null) throw new AppError('invalid_link', { detail: contested })
  const user: User = {
    id: uuidv7(),
    email: token.email,
    name: source.name,
    roles: ['user'],
    epoch: 0,
    demo: false,
    createdAt: now,
    disabledAt: null,
  }
  const issued = await prepareSession(context, user, { amr: ['pwd'], remember: false }, client, now)
  const arrival = { user, session: issued.session, passwordHash: source.passwordHash, usedToken: token.id }
  // Of several proofs at once one makes the user; the address is unique.
  if (!(await createUser(context.db, arrival))) throw new AppError('invalid_code')
  await afterwards('giving a try back', context.limits.codeNetwork.reward(client.network))
  return settleArrival(context, issued, 'signed_up', carried, client, now)
}

/** @param pending the sign-up that this browser has under way: it says for whom the code is */
export const verifyByCode = async (
  context: Context,
  code: string,
  pending: PendingSignUp | null,
  carried: Carried,
  client: Client,
  now: number,
): Promise<SignedIn> => {
  const { limits } = context
  if (!pending) throw new AppError('invalid_code')
  await spend([
    [limits.codeBrowser, pending.attempt],
    [limits.codeNetwork, client.network],
    [limits.codeAddress, pending.email],
  ])
  const proof = { email: pending.email, codeHash: hashCode(context, pending.email, code) }
  const token = await findMailedToken(context.db, 'verify_email', proof, now)
  if (!token) throw new AppError('invalid_code')
  return admit(context, token, pending, carried, client, now)
}

export const verifyByToken = async (
  context: Context,
  text: string,
  pending: PendingSignUp | null,
  carried: Carried,
  client: Client,
  now: number,
): Promise<SignedIn> => {
  await spend([[context.limits.codeNetwork, client.network]])
  const token = await findMailedToken(context.db, 'verify_email', { tokenHash: hashToken(text) }, now)
  if (!token) throw new AppError('invalid_link')
  return admit(context, token, pending, carried, client, now)
}

/** The address that a mailed token proves, using nothing up. */
export const addressOfLink = async ({ db }: Context, text: string, now: number): Promise<string | null> =>
  (await findMailedToken(db, 'verify_email', { tokenHash: hashToken(text) }, now))?.email ?? null
