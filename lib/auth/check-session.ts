// Who a request is from, in Node: the token by the same verifier as at the gate, then the session row. A session that
// was ended is refused here at once, whatever its token says.
import { type Carried, isBearerToken, isMixedIdentity } from '../core/carriers'
import type { AccessClaims } from '../core/claims'
import { recall, verifyRemembered } from '../core/remembered'
import { isCurrentGeneration } from '../core/rotation'
import { endOf } from '../core/session-state'
import type { Reason } from '../core/verdict'
import { confirmGeneration, findSession, type Session, touchSession } from '../db/sessions'
import type { User } from '../db/users'
import { afterwards } from './afterwards'
import type { Context } from './context'
import { idleEnd } from './issue-session'

export type Checked = { ok: true; user: User; session: Session; claims: AccessClaims } | { ok: false; reason: Reason }

/** `last_seen_at` is written at most this often, milliseconds; more often where sessions idle out sooner. */
const touchEvery = (idle: number) => Math.min(60_000, idle / 10)

/** Book-keeping does not hold up an answer: when the database is busy a later request does it. */
const keepBooks = (context: Context, session: Session, claims: AccessClaims, now: number, background: boolean) => {
  const { db } = context
  if (claims.gen > session.confirmed)
    void afterwards('confirming a generation', confirmGeneration(db, session.id, claims.gen))
  if (background) return
  const idleExpiresAt = idleEnd(context, session.remember, session.expiresAt, now)
  if (now - session.lastSeenAt < touchEvery(idleExpiresAt - now)) return
  void afterwards('noting activity', touchSession(db, session.id, now, idleExpiresAt))
}

const refuse = (reason: Reason): Checked & { ok: false } => ({ ok: false, reason })

type Shown = { token: string; asBearer: boolean; beside: Carried }

/** One token, in the way in which it came, and the row that it names. */
const judgeToken = async (context: Context, { token, asBearer, beside }: Shown, now: number): Promise<Checked> => {
  const { keyring } = await context.keys(now)
  const { remembered, expected } = context
  const verdict =
    recall(remembered, token, keyring, expected, now) ??
    (await verifyRemembered(remembered, token, keyring, expected, now))
  if (!verdict.ok) return verdict
  const { claims } = verdict
  if (isBearerToken(claims) !== asBearer) return refuse('wrong_carrier')
  if (isMixedIdentity(beside, claims.sid)) return refuse('mixed_identity')
  const found = await findSession(context.db, claims.sid)
  if (!found) return refuse('unknown_session')
  const { session, user } = found
  if (session.userId !== claims.sub) return refuse('wrong_subject')
  const end = endOf(session, user, now)
  if (end) return refuse(end)
  if (claims.epoch !== user.epoch) return refuse('all_ended')
  if (!isCurrentGeneration(session, claims.gen)) return refuse('stale_generation')
  return { ok: true, user, session, claims }
}

const judgeCookies = (context: Context, carried: Carried, now: number): Promise<Checked> =>
  carried.access === null
    ? Promise.resolve(refuse(carried.problem ?? 'missing'))
    : judgeToken(context, { token: carried.access, asBearer: false, beside: carried }, now)

/** A bearer token counts alone, or beside the cookies of its own session; two identities in one request are none. */
const judgeBearer = async (context: Context, carried: Carried, token: string, now: number): Promise<Checked> => {
  const asked = await judgeToken(context, { token, asBearer: true, beside: carried }, now)
  if (carried.problem === 'missing') return asked
  if (!asked.ok) return refuse('mixed_identity')
  const kept = await judgeCookies(context, carried, now)
  return kept.ok && kept.session.id !== asked.session.id ? refuse('mixed_identity') : kept
}

/** As checkSession, for tokens that have not been in the browser's hands yet: nothing is noted of their use. */
export const judgeSession = (context: Context, carried: Carried, now: number): Promise<Checked> =>
  carried.bearer === undefined
    ? judgeCookies(context, carried, now)
    : judgeBearer(context, carried, carried.bearer, now)

/** @param background whether nobody asked for it: then it is no activity */
export const checkSession = async (
  context: Context,
  carried: Carried,
  now: number,
  background = false,
): Promise<Checked> => {
  const checked = await judgeSession(context, carried, now)
  if (checked.ok) keepBooks(context, checked.session, checked.claims, now, background)
  return checked
}
