// Ends the session that a browser carries. Doing it twice, or without a session, is no error.
import { type Carried, isBearerToken } from '../core/carriers'
import { verifyRemembered } from '../core/remembered'
import type { EndReason } from '../core/verdict'
import { endSession } from '../db/sessions'
import { type AuditName, audit } from './audit'
import type { Client, Context } from './context'
import { proveRefreshToken } from './refresh-proof'

type Held = { sid: string; userId: string }

/** The session that either cookie proves: an access token may outlive the refresh cookie beside it. */
const held = async (context: Context, carried: Carried, now: number): Promise<Held | null> => {
  const proof = await proveRefreshToken(context, carried.refresh)
  if (proof) return { sid: proof.session.id, userId: proof.user.id }
  if (carried.access === null) return null
  const { keyring } = await context.keys(now)
  const verdict = await verifyRemembered(context.remembered, carried.access, keyring, context.expected, now)
  return verdict.ok && !isBearerToken(verdict.claims) ? { sid: verdict.claims.sid, userId: verdict.claims.sub } : null
}

const endHeld = async (
  context: Context,
  carried: Carried,
  how: { reason: EndReason; event: AuditName },
  client: Client,
  now: number,
) => {
  const session = await held(context, carried, now)
  if (!session || !(await endSession(context.db, session.sid, how.reason, now))) return
  await audit(context, how.event, client, now, { ...session, detail: { reason: how.reason } })
}

export const signOut = (context: Context, carried: Carried, client: Client, now: number): Promise<void> =>
  endHeld(context, carried, { reason: 'signed_out', event: 'signed_out' }, client, now)

/** A new sign-in takes the place of the session that this browser had. */
export const endReplaced = (context: Context, carried: Carried, client: Client, now: number): Promise<void> =>
  endHeld(context, carried, { reason: 'replaced', event: 'session_ended' }, client, now)
