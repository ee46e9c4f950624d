// Ends a second device of the visitor's and stops the time until each place refuses it: Node, and the gate at the edge.
import { setTimeout as sleep } from 'node:timers/promises'
import { spend } from '../auth/limits'
import { endOwnSession } from '../auth/own-sessions'
import { openSecondDevice } from '../auth/second-device'
import { elapsed } from '../clock'
import { cookieName } from '../core/cookies'
import { AppError } from '../core/errors'
import { redirectWithFlash } from '../web/form-refusal'
import { json } from '../web/reply'
import { requireBrowser } from '../web/require-session'
import type { Call } from '../web/route'
import { type Door, knock } from './attacks/door'

/** Milliseconds from the end of the session to the first refusal. */
export type Watched = { node: number; edge: number }

export const revokePage = { path: '/lab/revoke', keep: [] }

/** Node and the gate, each asked by itself (lib/lab/attacks/surfaces.ts). */
const places = { node: '/api/lab/probe', edge: '/api/lab/gate' } as const
/** The edge has a list that is at most two seconds old, and one to fetch it. Milliseconds. */
const longest = 6_000
const pause = 40

const statusAt = async (door: Door, path: string, cookie: string): Promise<number> =>
  (await knock(door, { path, headers: { cookie } })).status

/** @throws AppError `temporarily_unavailable` when a place still lets it in after six seconds, or never did */
const watchEnd = async (door: Door, cookie: string, end: () => Promise<void>): Promise<Watched> => {
  const trouble = (detail: string) => new AppError('temporarily_unavailable', { retryAfter: 5, detail })
  for (const path of Object.values(places))
    if ((await statusAt(door, path, cookie)) >= 300) throw trouble('The second device was not let in. Try again.')
  await end()
  const ended = elapsed()
  const refusedAt = async (path: string): Promise<number> => {
    while (elapsed() - ended < longest) {
      if ((await statusAt(door, path, cookie)) === 401) return Math.round(elapsed() - ended)
      await sleep(pause)
    }
    throw trouble('The second device is still let in. This must not be: look at the log.')
  }
  const [node, edge] = await Promise.all([refusedAt(places.node), refusedAt(places.edge)])
  return { node, edge }
}

/** The tokens of the second device stay on the server, and it is ended whatever happens. */
const tryOut = async ({ context, client, now }: Call<unknown>, holder: Parameters<typeof openSecondDevice>[1]) => {
  const { APP_URL, INTERNAL_ORIGIN, secure } = context.env
  const { session, tokens } = await openSecondDevice(context, holder, client, now)
  const end = () => endOwnSession(context, holder, session.id, client, now)
  try {
    const cookie = `${cookieName('at', secure)}=${tokens.access}`
    return await watchEnd({ origin: APP_URL, via: INTERNAL_ORIGIN }, cookie, end)
  } catch (error) {
    await end()
    if (error instanceof AppError) throw error
    throw new AppError('temporarily_unavailable', { retryAfter: 5 }, { cause: error })
  }
}

export const revokeForVisitor = async (call: Call<unknown>): Promise<Response> => {
  const holder = await requireBrowser(call)
  const { client, context, form, request } = call
  const { labAttackSession, labAttackNetwork } = context.limits
  await spend([
    [labAttackSession, holder.session.id],
    [labAttackNetwork, client.network],
  ])
  const watched = await tryOut(call, holder)
  if (!form) return json(200, watched)
  const values = { node: String(watched.node), edge: String(watched.edge) }
  const text = 'The second device is signed out.'
  return redirectWithFlash(revokePage.path, { code: 'done', text, errors: {}, values }, request, {})
}
