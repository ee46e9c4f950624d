// Step-up: another proof of who one is, within a session. The session gets a new sid; the old one is over.
import { AppError } from '../core/errors'
import { endOf } from '../core/session-state'
import { findSession, succeedSession } from '../db/sessions'
import { findPasswordHash, type User } from '../db/users'
import { audit } from './audit'
import type { Client, Context } from './context'
import { continuing, type Issued, prepareSession } from './issue-session'
import type { PendingCode } from './mailed-code'
import { proveByMail } from './mailed-proof'
import type { Holder } from './own-sessions'
import { beginTry } from './password-try'
import { proveFactor } from './second-factor'

/**
 * Whether this is the user's password, at the limits of a sign-in.
 * @param field that it was typed into
 * @throws AppError `invalid_credentials`, `rate_limited`
 */
export const provePassword = async (
  context: Context,
  user: User,
  password: string,
  client: Client,
  now: number,
  field = 'password',
): Promise<void> => {
  const { hashing, db } = context
  const tried = await beginTry(context, user.email, client, now)
  const matches = await tried.look(async () => hashing.verify(await findPasswordHash(db, user.id), password))
  if (!matches) {
    tried.wrong(password)
    await audit(context, 'reauthentication_failed', client, now, { userId: user.id })
    throw new AppError('invalid_credentials', {
      detail: 'That is not your password. Check it and try again.',
      errors: { [field]: 'That is not your password.' },
    })
  }
  await tried.right()
}

/** Races are lost to others who made progress, so a few turns are plenty. */
const turns = 5

/**
 * The same session under a new sid, with a fresh proof and no longer a life. Nobody's when it ended meanwhile.
 * @param more methods that were proven now (RFC 8176)
 */
const replaceSession = async (
  context: Context,
  holder: Holder,
  more: readonly string[],
  client: Client,
  now: number,
): Promise<Issued> => {
  let { user, session } = holder
  for (let turn = 0; turn < turns; turn++) {
    const amr = [...new Set([...session.amr, ...more])]
    const issued = await prepareSession(context, user, { ...continuing(session), amr }, client, now)
    if (await succeedSession(context.db, session, issued.session, now)) return issued
    // A sign-out in the meantime stands; the end of all others, by this very session, only moved its epoch.
    const found = await findSession(context.db, session.id)
    if (!found || endOf(found.session, found.user, now) !== null) throw new AppError('unauthenticated')
    ;({ user, session } = found)
  }
  throw new AppError('temporarily_unavailable', { retryAfter: 1 })
}

/** What follows a good proof, whichever it was. */
export const proven = async (
  context: Context,
  holder: Holder,
  more: readonly string[],
  client: Client,
  now: number,
): Promise<Issued> => {
  const issued = await replaceSession(context, holder, more, client, now)
  await audit(context, 'reauthenticated', client, now, {
    userId: holder.user.id,
    sid: issued.session.id,
    detail: { before: holder.session.id },
  })
  return issued
}

/** A password, a code of the authenticator app, or one that came by mail. */
export type Proof =
  | { password: string }
  | { code: unknown }
  | { mailed: { code: string; pending: PendingCode | undefined } }

/** @param proof left out for a demo user, who has none */
export const reauthenticate = async (
  context: Context,
  holder: Holder,
  proof: Proof | null,
  client: Client,
  now: number,
): Promise<Issued> => {
  const { user } = holder
  if (!user.demo) {
    if (proof === null) throw new AppError('invalid_fields', { errors: { password: 'Enter your password.' } })
    if ('mailed' in proof) await proveByMail(context, user, proof.mailed, client, now)
    else if ('code' in proof) await proveFactor(context, user, { method: 'totp', code: proof.code }, client, now)
    else await provePassword(context, user, proof.password, client, now)
  }
  return proven(context, holder, [], client, now)
}
