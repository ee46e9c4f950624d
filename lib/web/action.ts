// A change that a signed-in person asks for with a form or a call. When the session has ended, or needs a fresh proof, the
// form's submission is held in the flow seal and goes through once after the person has signed in or confirmed.
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Client, Context } from '../auth/context'
import type { Tokens } from '../auth/issue-session'
import type { Holder } from '../auth/own-sessions'
import { AppError } from '../core/errors'
import { accessCookie, clearSession, sessionCookies } from './cookies'
import { asField, parseFields } from './fields'
import { type Flow, sealFlow } from './flow'
import { type FormPage, redirectWithFlash } from './form-refusal'
import { json, noContent, seeOther } from './reply'
import { mustBeFresh, requireBrowser, requireSession } from './require-session'
import { type Call, posting } from './route'

export type Asked = { context: Context; holder: Holder; flow: Flow; client: Client; now: number }

export type Done = {
  /** For people, on the page that the form was on. */
  said: string
  /** For programs; `null` for 204. */
  body: unknown
  /** Where a form leads when it was done, if not to the page that it was on. */
  page?: string
  /** For people, to be seen once: the page of the form gets it beside what is said, sealed. */
  shown?: Readonly<Record<string, string>>
  /** What the flow seal of this browser holds from now on. */
  flow?: Partial<Flow>
  /** New tokens of the session that goes on. */
  tokens?: Tokens
  /** Tokens of the session that took the place of the one that asked. */
  renewed?: Tokens
  /** The session that asked is over. */
  left?: true
}

export type Action = {
  /** As the seal knows it. */
  name: string
  page: FormPage
  /** Its answer hands out something that outlives a bearer token, so none may ask for it. */
  browser?: true
  /** Needs a proof within the last ten minutes. */
  fresh: (typed: Record<string, unknown>, holder: Holder) => boolean
  /** @throws AppError `invalid_fields` and whatever the use case refuses */
  perform: (asked: Asked, typed: Record<string, unknown>) => Promise<Done>
}

export const defineAction = <Schema extends z.ZodType>({
  body,
  run,
  ...rest
}: Omit<Action, 'perform'> & {
  body: Schema
  run: (asked: Asked, fields: z.infer<Schema>) => Promise<Done>
}): Action => ({ ...rest, perform: async (asked, typed) => run(asked, parseFields(body, typed)) })

/** What a seal can hold beside the rest and stay below a cookie's 4096 bytes, bytes. */
const heldMost = 1800

const holdable = (typed: Record<string, unknown>): Record<string, string> | null => {
  const texts = Object.entries(typed).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  const fits = Buffer.byteLength(JSON.stringify(typed)) <= heldMost && texts.length === Object.keys(typed).length
  return fits ? Object.fromEntries(texts) : null
}

/** Leads to where the person can prove who they are, with the submission held until then. */
const hold = (call: Call<{ as?: string | undefined }>, action: Action, code: AppError['code']): Promise<Response> => {
  const { typed, fields, request } = call
  const kept = holdable(typed)
  const held =
    kept && fields.as
      ? { id: randomBytes(16).toString('base64url'), action: action.name, as: fields.as, fields: kept }
      : undefined
  const stepUp = code === 'reauthentication_required'
  const why = stepUp ? 'Confirm that it is you.' : 'Your session has ended. Sign in again.'
  const then = held
    ? 'What you sent then goes through.'
    : 'What you sent could not be kept: send it once more after that.'
  const flash = { code, text: `${why} ${then}`, errors: {}, values: {} }
  // Whoever turns away from that page has thought better of it: only its own form brings the submission back.
  const query = { next: action.page.path, ...(held && { held: held.id }) }
  return redirectWithFlash(stepUp ? '/reauthenticate' : '/sign-in', flash, request, query, { change: { held } })
}

/** The answer to a change that was made. */
const doneReply = async (call: Call<unknown>, action: Action, done: Done): Promise<Response> => {
  const { context, flow, form, now, request, setCookies } = call
  if (done.tokens) setCookies.push(accessCookie(done.tokens, context.env))
  if (done.renewed) setCookies.push(...sessionCookies(done.renewed, context.env, now))
  if (done.left) return form ? seeOther('/', clearSession(context.env)) : noContent(clearSession(context.env))
  if (!form) {
    const cookies = done.flow ? [await sealFlow(context, { ...flow, ...done.flow }, now)] : []
    return done.body === null ? noContent(cookies) : json(200, done.body, cookies)
  }
  const flash = { code: 'done', text: done.said, errors: {}, values: { ...done.shown } }
  return redirectWithFlash(
    done.page ?? action.page.path,
    flash,
    request,
    {},
    { change: { ...done.flow, held: undefined } },
  )
}

const elsewhere = 'Somebody else is signed in here now. Nothing was changed: look at the page again.'

/**
 * The page was made for one person; a quick change of accounts must not make it another's doing.
 * @throws AppError `forbidden`
 */
export const mustBeFor = ({ user }: Pick<Holder, 'user'>, as: string | undefined): void => {
  if (as !== undefined && as !== user.id) throw new AppError('forbidden', { detail: elsewhere })
}

/** Asks who is there, as freshly as the action needs it, and does it. */
export const act = async (
  call: Call<{ as?: string | undefined }>,
  action: Action,
  typed: Record<string, unknown>,
): Promise<Response> => {
  const { context, client, now, fields, form } = call
  try {
    const holder = await (action.browser ? requireBrowser(call) : requireSession(call))
    mustBeFor(holder, fields.as)
    if (action.fresh(typed, holder)) mustBeFresh(holder, now)
    return await doneReply(call, action, await action.perform({ context, holder, flow: call.flow, client, now }, typed))
  } catch (error) {
    const held = error instanceof AppError && heldFor.has(error.code) ? error.code : null
    if (held === null || !form) throw error
    if (held === 'unauthenticated') call.setCookies.length = 0
    return hold(call, action, held)
  }
}

/** What a person can mend by proving who they are. */
const heldFor: ReadonlySet<string> = new Set(['unauthenticated', 'reauthentication_required'])

/** Whose page the form was on: its submission is nobody else's. */
export const submission = z.looseObject({ as: asField })

/** A handler of POST that does one action. */
export const acting = (action: Action): ((request: Request) => Promise<Response>) =>
  posting({ body: submission, page: action.page }, (call) => act(call, action, call.typed))
