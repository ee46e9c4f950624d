// The one wrapper of route handlers: proves the origin, reads the body, runs the handler, speaks JSON to programs and
// redirects to forms, and turns every error into its public words.
import type { z } from 'zod'
import type { Client, Context } from '../auth/context'
import { now as readClock } from '../clock'
import { type Carried, readCarried } from '../core/carriers'
import { AppError } from '../core/errors'
import { isSafeMethod, originEvidence, provesSameOrigin } from '../core/origin'
import { ownOrigins } from '../core/own-host'
import { env, ownHostOf } from '../env'
import { type Body, isFormType, readBody } from './body'
import { clientOf } from './client-address'
import { currentContext } from './context'
import { type Flow, openFlow } from './flow'
import { type FormPage, formRefusal } from './form-refusal'
import { asAppError, problemPage, problemResponse } from './problem'

export type Call<Fields> = {
  request: Request
  context: Context
  now: number
  client: Client
  carried: Carried
  /** The body came from a form: the answer is a redirect. */
  form: boolean
  fields: Fields
  flow: Flow
}

type Options<Schema extends z.ZodType> = {
  body: Schema
  /** The page whose form posts here. */
  page: FormPage | ((fields: Record<string, unknown>) => FormPage)
}

const mustProveOrigin = (request: Request): void => {
  if (isSafeMethod(request.method)) return
  const own = ownOrigins(request.headers.get('host'), ownHostOf(env()))
  if (!provesSameOrigin(originEvidence(request.headers), own)) throw new AppError('forbidden_origin')
}

const parseFields = <Schema extends z.ZodType>(schema: Schema, body: Body): z.infer<Schema> => {
  const parsed = schema.safeParse(body.fields)
  if (parsed.success) return parsed.data
  const errors = parsed.error.issues.map(({ path, message }) => [String(path[0] ?? ''), message] as const).reverse()
  throw new AppError('invalid_fields', { errors: Object.fromEntries(errors) })
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
    carried: readCarried(cookies, context.env.secure),
    flow: await openFlow(context, cookies, now),
  }
}

type Read = (call: Omit<Call<unknown>, 'fields' | 'form'>) => Promise<Response>

const readingOr =
  (refused: (request: Request, error: AppError) => Response) =>
  (handle: Read) =>
  async (request: Request): Promise<Response> => {
    try {
      return await handle(await open(request))
    } catch (error) {
      return refused(request, asAppError(error))
    }
  }

/** A handler of GET that programs call. */
export const reading = readingOr((_request, error) => problemResponse(error))

/** A handler of GET that people come by on their way to a page: what goes wrong is said in HTML. */
export const navigating = readingOr(problemPage)

/** A handler of POST. */
export const posting =
  <Schema extends z.ZodType>(
    { body: schema, page }: Options<Schema>,
    handle: (call: Call<z.infer<Schema>>) => Promise<Response>,
  ) =>
  async (request: Request): Promise<Response> => {
    let body: Body = { form: isFormType(request.headers.get('content-type') ?? ''), fields: {} }
    try {
      mustProveOrigin(request)
      body = await readBody(request)
      const call = await open(request)
      return await handle({ ...call, form: body.form, fields: parseFields(schema, body) })
    } catch (error) {
      const refusal = asAppError(error)
      if (!body.form) return problemResponse(refusal)
      // The message travels in a seal: without settings or database there is none, and the answer says it itself.
      const where = typeof page === 'function' ? page(body.fields) : page
      const back = await formRefusal(request, refusal, where, body.fields).catch(asAppError)
      if (back instanceof Response) return back
      return back === null ? problemResponse(refusal) : problemPage(request, refusal, where.path)
    }
  }
