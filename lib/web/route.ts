// The one wrapper of route handlers: proves the origin, reads the body, runs the handler, speaks JSON to programs and
// redirects to forms, and turns every error into its public words.
import type { z } from 'zod'
import type { Client, Context } from '../auth/context'
import { now as readClock } from '../clock'
import { challenge, readBearer } from '../core/bearer'
import { type Carried, readCarriedByHandler } from '../core/carriers'
import { AppError } from '../core/errors'
import { backgroundHeader } from '../core/identity-headers'
import { isSafeMethod, originEvidence, provesSameOrigin } from '../core/origin'
import { ownOrigins } from '../core/own-host'
import { env, ownHostOf } from '../env'
import { type Body, isFormType, readBody } from './body'
import { clientOf } from './client-address'
import { currentContext } from './context'
import { parseFields } from './fields'
import { type Flow, openFlow } from './flow'
import { type FormPage, formRefusal } from './form-refusal'
import { asAppError, problemPage, problemResponse } from './problem'

export type Call<Fields> = {
  request: Request
  context: Context
  now: number
  client: Client
  carried: Carried
  /** Nobody asked for this request: it is no activity. */
  background: boolean
  /** The body came from a form: the answer is a redirect. */
  form: boolean
  fields: Fields
  /** The fields as they were sent. */
  typed: Record<string, unknown>
  flow: Flow
  /** `Set-Cookie` values that go with whatever answer this call gets, a refusal too. */
  setCookies: string[]
}

type Page = FormPage | ((fields: Record<string, unknown>) => FormPage)
type Options<Schema extends z.ZodType> = {
  body: Schema
  /** The page whose form posts here; `null` where programs post forms too, and always get JSON. */
  page: Page | null
}

const mustProveOrigin = (request: Request): void => {
  if (isSafeMethod(request.method)) return
  const own = ownOrigins(request.headers.get('host'), ownHostOf(env()))
  if (!provesSameOrigin(originEvidence(request.headers), own)) throw new AppError('forbidden_origin')
}

const open = async (request: Request) => {
  const context = await currentContext()
  const now = readClock()
  const cookies = request.headers.get('cookie')
  return {
    request,
    context,
    now,
    client: clientOf(request.headers, context.env),
    carried: readCarriedByHandler(request.headers, context.env.secure),
    background: request.headers.has(backgroundHeader),
    flow: await openFlow(context, cookies, now),
    setCookies: [] as string[],
  }
}

/** The call's cookies first, so that what the answer itself sets or clears has the last word. */
const withCookies = (response: Response, before: readonly string[]): Response => {
  if (before.length === 0) return response
  const own = response.headers.getSetCookie()
  response.headers.delete('set-cookie')
  for (const cookie of [...before, ...own]) response.headers.append('set-cookie', cookie)
  return response
}

/** Whoever came with a bearer token is told that another one is needed. */
const withChallenge = (request: Request, response: Response): Response => {
  if (response.status === 401 && readBearer(request.headers.get('authorization')) !== null)
    response.headers.set('www-authenticate', challenge)
  return response
}

type Read = (call: Omit<Call<unknown>, 'fields' | 'typed' | 'form'>) => Promise<Response>

const readingOr =
  (refused: (request: Request, error: AppError) => Response) =>
  (handle: Read) =>
  async (request: Request): Promise<Response> => {
    let setCookies: readonly string[] = []
    try {
      const call = await open(request)
      setCookies = call.setCookies
      return withCookies(await handle(call), setCookies)
    } catch (error) {
      return withChallenge(request, withCookies(refused(request, asAppError(error)), setCookies))
    }
  }

/** A handler of GET that programs call. */
export const reading = readingOr((_request, error) => problemResponse(error))

/** A handler of GET that people come by on their way to a page: what goes wrong is said in HTML. */
export const navigating = readingOr(problemPage)

/** Turns what went wrong with a post into its answer: problem details, or back to the page of the form. */
const refusePost = async (request: Request, error: unknown, body: Body, page: Page | null): Promise<Response> => {
  const refusal = asAppError(error)
  if (!body.form || page === null) return problemResponse(refusal)
  // The message travels in a seal: without settings or database there is none, and the answer says it itself.
  const where = typeof page === 'function' ? page(body.fields) : page
  const back = await formRefusal(request, refusal, where, body.fields).catch(asAppError)
  if (back instanceof Response) return back
  return back === null ? problemResponse(refusal) : problemPage(request, refusal, where.path)
}

/** A handler of a method that changes something: POST, or DELETE with an empty body. */
export const posting =
  <Schema extends z.ZodType>(
    { body: schema, page }: Options<Schema>,
    handle: (call: Call<z.infer<Schema>>) => Promise<Response>,
  ) =>
  async (request: Request): Promise<Response> => {
    let body: Body = { form: isFormType(request.headers.get('content-type') ?? ''), fields: {} }
    let setCookies: readonly string[] = []
    try {
      mustProveOrigin(request)
      body = await readBody(request)
      const call = await open(request)
      setCookies = call.setCookies
      return withCookies(
        await handle({ ...call, form: body.form, typed: body.fields, fields: parseFields(schema, body.fields) }),
        setCookies,
      )
    } catch (error) {
      // Tokens of a session that turned out to be over must not take the place of those that another answer brought.
      const over = error instanceof AppError && error.code === 'unauthenticated'
      return withChallenge(request, withCookies(await refusePost(request, error, body, page), over ? [] : setCookies))
    }
  }
