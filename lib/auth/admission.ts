// What every way in leads to: a session, or first the question for the second factor where the user has one. Between the
// two there is no session, only what the flow seal of this browser holds.
import type { Carried } from '../core/carriers'
import { insertSession } from '../db/sessions'
import { hasTotp } from '../db/totp'
import type { User } from '../db/users'
import { type SignedIn, settleArrival } from './arrival'
import type { Client, Context } from './context'
import { prepareSession } from './issue-session'

/** A first factor that was proven, and how long it waits for the second. */
export type PendingFactor = {
  /** Random: tries are counted by it, and it is used once. */
  attempt: string
  userId: string
  /** The user's, as it was: whatever ended all their sessions ends this as well. */
  epoch: number
  amr: string[]
  remember: boolean
  /** Milliseconds. */
  until: number
}

export const secondFactorMethods = ['totp', 'recovery_code'] as const
export type SecondFactorMethod = (typeof secondFactorMethods)[number]

export type Admission =
  | { admitted: true; signedIn: SignedIn }
  | { admitted: false; pending: PendingFactor; methods: readonly SecondFactorMethod[] }

/** How long a first factor waits for the second, milliseconds. */
const patience = 5 * 60_000

/**
 * @param amr what was proven (RFC 8176); with `mfa` it was several factors, and nothing more is asked
 */
export const admit = async (
  context: Context,
  user: User,
  { amr, remember }: { amr: string[]; remember: boolean },
  carried: Carried,
  client: Client,
  now: number,
): Promise<Admission> => {
  if (!amr.includes('mfa') && (await hasTotp(context.db, user.id))) {
    const pending = { userId: user.id, epoch: user.epoch, amr, remember, attempt: context.random(16) }
    return { admitted: false, pending: { ...pending, until: now + patience }, methods: secondFactorMethods }
  }
  const issued = await prepareSession(context, user, { amr, remember }, client, now)
  await insertSession(context.db, issued.session)
  return { admitted: true, signedIn: await settleArrival(context, issued, 'signed_in', carried, client, now) }
}
