// A change of how one signs in: the session that asks goes on under a new sid, and every other one is over, since those
// began otherwise.
import { AppError } from '../core/errors'
import { raiseEpoch } from '../db/epochs'
import { sessionSucceeded } from '../db/sessions'
import type { Client, Context } from './context'
import { continuing, type Issued, prepareSession } from './issue-session'
import type { Holder } from './own-sessions'

/** Statements that belong to the same write. */
export type More = NonNullable<Parameters<typeof raiseEpoch>[2]>

/**
 * All of it in one write. Of two such changes at once, whatever they are, one goes through.
 * @param amr of the session that goes on
 * @throws AppError `unauthenticated`: a sign-out in the meantime stands, and so does what was changed first
 */
export const endingOthers = async (
  context: Context,
  { user, session }: Holder,
  amr: string[],
  more: More,
  client: Client,
  now: number,
): Promise<Issued> => {
  const renewed = { ...user, epoch: user.epoch + 1 }
  const issued = await prepareSession(context, renewed, { ...continuing(session), amr }, client, now)
  const change = { userId: user.id, from: user.epoch, at: now, reason: 'factor_changed' } as const
  const changed = await raiseEpoch(context.db, { ...change, keep: null, by: session.id }, (tx, t) => [
    ...more(tx, t),
    ...sessionSucceeded(tx, t, session, issued.session, now),
  ])
  if (!changed) throw new AppError('unauthenticated')
  return issued
}
