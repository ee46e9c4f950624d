// Somebody who has turned the authenticator app on, and what it shows.
import type { User } from '../../db/users'
import { admit, type PendingFactor } from '../admission'
import { beginEnrolment, confirmEnrolment } from '../authenticator'
import type { Client, Context } from '../context'
import type { Issued } from '../issue-session'
import type { Holder } from '../own-sessions'
import { codeAt } from '../totp-code'
import { noCookies } from './people'
import { ann, start } from './trial'

export type WithApp = Issued & { secret: string; codes: string[]; code: (at: number) => string }

/** @param at when it is turned on, which uses up the code of then */
export const turnOn = async (context: Context, holder: Holder, at = start): Promise<WithApp> => {
  const enrolment = beginEnrolment(holder, at)
  const { secret } = enrolment
  const { codes, ...issued } = await confirmEnrolment(context, holder, enrolment, codeAt(secret, at), ann, at)
  return { ...issued, secret, codes, code: (now) => codeAt(secret, now) }
}

/** A password that was right a moment ago. */
export const firstFactor = async (
  context: Context,
  user: User,
  at: number,
  client: Client = ann,
): Promise<PendingFactor> => {
  const admission = await admit(context, user, { amr: ['pwd'], remember: false }, noCookies, client, at)
  if (admission.admitted) throw new Error('No second factor is asked for')
  return admission.pending
}
