// Errors as people see them: back to the form with a message and what was typed, never the password.
import { randomBytes } from 'node:crypto'
import { now as readClock } from '../clock'
import { type AppError, refusals } from '../core/errors'
import { safeRedirect } from '../core/redirect'
import { currentContext } from './context'
import { type Flow, openFlow, sealFlow } from './flow'
import { seeOther } from './reply'
import { waitInWords } from './wait-in-words'

export type FormPage = {
  path: string
  /** Fields to show again. Whatever is not listed, a password above all, is forgotten. */
  keep: readonly string[]
}

/** Refusals that a page of ours can't cause: they are answered plainly. */
const notForForms: ReadonlySet<string> = new Set([
  'forbidden_origin',
  'body_too_large',
  'unsupported_media_type',
  'misconfigured',
  'bad_request',
])

const keptValues = (fields: Record<string, unknown>, keep: readonly string[]) =>
  Object.fromEntries(
    keep.flatMap((name) => (typeof fields[name] === 'string' ? [[name, fields[name].slice(0, 320)]] : [])),
  )

const words = ({ code, details }: AppError): string => {
  const text = details.detail ?? refusals[code].title
  return code !== 'rate_limited' || details.detail !== undefined || details.retryAfter === undefined
    ? text
    : `${text} Try again ${waitInWords(details.retryAfter)}.`
}

/** A message for `page` and the redirect that shows it. @param more cookies to set, and what else the flow holds from now on */
export const redirectWithFlash = async (
  page: string,
  flash: Omit<NonNullable<Flow['flash']>, 'id' | 'page'>,
  request: Request,
  query: Record<string, string>,
  { cookies = [], change = {} }: { cookies?: readonly string[]; change?: Partial<Flow> } = {},
): Promise<Response> => {
  const context = await currentContext()
  const now = readClock()
  const id = randomBytes(6).toString('base64url')
  const flow = await openFlow(context, request.headers.get('cookie'), now)
  const seal = await sealFlow(context, { ...flow, ...change, flash: { id, page, ...flash } }, now)
  return seeOther(`${page}?${new URLSearchParams({ ...query, flash: id })}`, [...cookies, seal])
}

/** @returns `null` when this error has no place on a page */
export const formRefusal = async (
  request: Request,
  error: AppError,
  page: FormPage,
  fields: Record<string, unknown>,
): Promise<Response | null> => {
  if (notForForms.has(error.code)) return null
  const next = safeRedirect(fields.next, '')
  const flash = {
    code: error.code,
    text: words(error),
    errors: { ...error.details.errors },
    values: keptValues(fields, page.keep),
  }
  const held = typeof fields.held === 'string' && fields.held.length <= 64 ? fields.held : ''
  return redirectWithFlash(page.path, flash, request, { ...(next && { next }), ...(held && { held }) })
}
