// The answer that starts a session or proves it anew, whichever way the person came in.
import type { Admission } from '../auth/admission'
import type { SignedIn } from '../auth/arrival'
import type { Issued } from '../auth/issue-session'
import { lastWayOf } from '../core/last-way'
import { safeRedirect } from '../core/redirect'
import { clearFlow, deviceCookie, sessionCookies } from './cookies'
import { sealFlow } from './flow'
import { redirectWithFlash } from './form-refusal'
import { type Resumed, resumeHeld } from './held-submission'
import { lastWaySetting } from './last-way'
import { json, seeOther } from './reply'
import type { Call } from './route'
import { sessionView, userView } from './session-view'

export const home = '/dashboard'

const tooMany = (count: number) =>
  `You were signed in at too many places, so we ended the ${count === 1 ? 'session' : `${count} sessions`} unused for longest.`

/** What a form on the way in says of where it leads. */
type Onwards = { next?: unknown; held?: string | undefined }

type Notice = Resumed | null

/** Where a form leads: to what was held, else to `next`, with a message where there is one. */
const onwards = async (call: Call<unknown>, next: unknown, resumed: Notice, said: string | null) => {
  const to = resumed?.page ?? safeRedirect(next, home)
  const text = [resumed?.text, said].filter(Boolean).join(' ')
  if (text === '') return seeOther(to, [clearFlow(call.context.env)])
  const { pathname, searchParams } = new URL(to, call.context.env.APP_URL)
  const flash = { code: resumed?.code ?? 'done', text, errors: {}, values: { ...resumed?.shown } }
  const change = {
    held: undefined,
    pending: undefined,
    link: undefined,
    factor: undefined,
    challenge: undefined,
    ...resumed?.flow,
  }
  return redirectWithFlash(pathname, flash, call.request, Object.fromEntries(searchParams), { change })
}

export const signedInReply = async (
  call: Call<unknown>,
  signedIn: SignedIn,
  { next, held }: Onwards,
): Promise<Response> => {
  const { form, context, now, setCookies } = call
  const { user, session, tokens, device, evicted } = signedIn
  setCookies.push(...sessionCookies(tokens, context.env, now), deviceCookie(device, context.env))
  const way = lastWayOf(session.amr)
  if (way) setCookies.push(lastWaySetting(way, context.env.secure))
  const said = evicted.length === 0 ? null : tooMany(evicted.length)
  if (form) return onwards(call, next, await resumeHeld(call, signedIn, held), said)
  const body = { status: 'signed_in', user: userView(user), session: sessionView(session) }
  return json(200, { ...body, ...(said && { evicted: evicted.length }) }, [clearFlow(context.env)])
}

/** The answer to a first factor: the session, or where the second one is asked for. What was held waits for that. */
export const admissionReply = async (call: Call<unknown>, admission: Admission, on: Onwards): Promise<Response> => {
  if (admission.admitted) return signedInReply(call, admission.signedIn, on)
  const { context, flow, form, now } = call
  const cookies = [await sealFlow(context, { held: flow.held, factor: admission.pending }, now)]
  if (!form) return json(200, { status: 'second_factor_required', methods: admission.methods }, cookies)
  const next = safeRedirect(on.next, '')
  const query = new URLSearchParams({ ...(next && { next }), ...(on.held && { held: on.held }) })
  return seeOther(`/sign-in/second-factor?${query}`, cookies)
}

/** The same after a step-up. */
export const reauthenticatedReply = async (
  call: Call<unknown>,
  issued: Issued,
  { next, held }: Onwards,
): Promise<Response> => {
  const { form, context, now, setCookies } = call
  setCookies.push(...sessionCookies(issued.tokens, context.env, now))
  if (form) return onwards(call, next, await resumeHeld(call, issued, held), null)
  const { user, session } = issued
  return json(200, { status: 'reauthenticated', user: userView(user), session: sessionView(session) })
}
