// The life of one request, told from this very one: what the browser sent, what the gate did, what Node asked after.
import { cookies, headers } from 'next/headers'
import { checkSession } from '../auth/check-session'
import { elapsed, now } from '../clock'
import { readCarried } from '../core/carriers'
import { type CookieKind, cookieName } from '../core/cookies'
import { deriveTraceKey, type GateTrace, openTrace } from '../core/gate-trace'
import { traceHeader } from '../core/identity-headers'
import { currentContext } from '../web/context'
import { getSession } from '../web/session'

export type SentCookie = { name: string; kind: CookieKind; bytes: number | null }

export type RequestStory = {
  sent: SentCookie[]
  /** Characters of the whole Cookie header. */
  cookieBytes: number
  /** `null` when no gate told: it was not asked, or what it told is not of now. */
  gate: GateTrace | null
  /** `null` without a session. @property micros for token and row together, microseconds */
  node: { micros: number; sid: string; generation: number; epoch: number; idleExpiresAt: number } | null
}

const kinds: readonly CookieKind[] = ['at', 'rt', 'device', 'flow']

const lookAgain = async (): Promise<RequestStory['node']> => {
  const first = await getSession()
  if (!first.ok) return null
  const context = await currentContext()
  const carried = readCarried((await headers()).get('cookie'), context.env.secure)
  // Once more and with a watch: the page's own look is shared with whatever else this page shows.
  const began = elapsed()
  const checked = await checkSession(context, carried, now(), true)
  const micros = Math.round((elapsed() - began) * 1000)
  if (!checked.ok) return null
  const { session, user } = checked
  return {
    micros,
    sid: session.id.slice(0, 6),
    generation: session.generation,
    epoch: user.epoch,
    idleExpiresAt: session.idleExpiresAt,
  }
}

export const readRequestStory = async (): Promise<RequestStory> => {
  const { env } = await currentContext()
  const jar = await cookies()
  const asked = await headers()
  const sent = kinds.map((kind) => {
    const name = cookieName(kind, env.secure)
    const found = jar.get(name)
    return { name, kind, bytes: found ? name.length + 1 + found.value.length : null }
  })
  return {
    sent,
    cookieBytes: (asked.get('cookie') ?? '').length,
    gate: await openTrace(await deriveTraceKey(env.AUTH_SECRET), asked.get(traceHeader), now()),
    node: await lookAgain(),
  }
}
