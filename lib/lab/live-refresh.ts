// Refreshes a second session of the visitor's by the use case that the app's own handler calls: two tabs at once, then its
// owner alone, then whoever has kept a copy of the first token.
import { spend } from '../auth/limits'
import { endOwnSession, type Holder } from '../auth/own-sessions'
import { refreshSession } from '../auth/refresh'
import { openSecondDevice } from '../auth/second-device'
import { redirectWithFlash } from '../web/form-refusal'
import { json } from '../web/reply'
import { requireBrowser } from '../web/require-session'
import type { Call } from '../web/route'

/** Of whoever asked: the number of the token that they got, or `null` for nothing. */
export type LiveRefresh = Readonly<Record<LiveAsker, number | null>>
export type LiveAsker = (typeof liveAskers)[number]

/** In the order in which they ask; the first two at once. */
export const liveAskers = ['firstTab', 'secondTab', 'ownerLater', 'thief', 'ownerAtLast'] as const

export const refreshPage = { path: '/lab/refresh', keep: [] }

/** Milliseconds beyond the grace by which the two tabs were earlier: nobody has to wait for it. */
const since = 60_000

/** The tokens stay on the server. The session is over at the end: by the rule, or else by us. */
const tryOut = async ({ context, client, now }: Call<unknown>, holder: Holder) => {
  const earlier = now - context.env.ROTATION_GRACE * 1000 - since
  const { session, tokens } = await openSecondDevice(context, holder, client, earlier)
  const show = (refreshToken: string, at = now) => refreshSession(context, refreshToken, client, at)
  const given = (refreshed: Awaited<ReturnType<typeof show>>) => (refreshed.ok ? refreshed.session.generation : null)
  try {
    const [first, second] = await Promise.all([show(tokens.refresh, earlier), show(tokens.refresh, earlier)])
    const later = first.ok ? await show(first.tokens.refresh) : first
    const thief = await show(tokens.refresh)
    const atLast = later.ok ? await show(later.tokens.refresh) : later
    const live: LiveRefresh = {
      firstTab: given(first),
      secondTab: given(second),
      ownerLater: given(later),
      thief: given(thief),
      ownerAtLast: given(atLast),
    }
    return { sid: session.id, live }
  } finally {
    await endOwnSession(context, holder, session.id, client, now)
  }
}

/** @returns `null` for values that no run has left */
export const readLive = (values: Readonly<Record<string, string>>): LiveRefresh | null => {
  if (liveAskers.some((asker) => values[asker] === undefined)) return null
  return Object.fromEntries(
    liveAskers.map((asker) => [asker, values[asker] === '' ? null : Number(values[asker])]),
  ) as LiveRefresh
}

export const refreshForVisitor = async (call: Call<unknown>): Promise<Response> => {
  const holder = await requireBrowser(call)
  const { client, context, form, request } = call
  const { labReuse, labAttackNetwork } = context.limits
  await spend([
    [labReuse, holder.user.id],
    [labAttackNetwork, client.network],
  ])
  const { sid, live } = await tryOut(call, holder)
  if (!form) return json(200, { sid, ...live })
  const values = { sid, ...Object.fromEntries(liveAskers.map((asker) => [asker, String(live[asker] ?? '')])) }
  const text = 'Four got what was theirs, and the copy ended the session.'
  return redirectWithFlash(refreshPage.path, { code: 'done', text, errors: {}, values }, request, {})
}
