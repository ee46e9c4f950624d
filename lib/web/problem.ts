// Errors as programs see them (RFC 9457), and the last resort for those that nobody foresaw.
import { AppError, problemOf, refusals } from '../core/errors'
import { plainPage } from '../core/plain-page'
import { log } from '../log'

/** Anything thrown → an error with public words. What was not foreseen is logged and becomes `internal_error`. */
export const asAppError = (error: unknown): AppError => {
  if (error instanceof AppError) {
    if (error.cause !== undefined) log().warn({ refusal: error.code, err: error.cause }, 'refused for a cause')
    return error
  }
  log().error({ err: error }, 'unforeseen error')
  return new AppError('internal_error', {}, { cause: error })
}

export const problemResponse = (error: AppError, cookies: readonly string[] = []): Response => {
  const { status, body, headers } = problemOf(error.code, error.details)
  const response = new Response(JSON.stringify(body), { status, headers })
  for (const cookie of cookies) response.headers.append('set-cookie', cookie)
  return response
}

/** The nonce that the gate chose for this answer. */
export const nonceOf = (request: Request): string =>
  /'nonce-([A-Za-z0-9+/=]+)'/.exec(request.headers.get('content-security-policy') ?? '')?.[1] ?? ''

const pathOf = ({ url }: Request): string => {
  const { pathname, search } = new URL(url)
  return pathname + search
}

/** The same for people, with a link that tries again. @param retry where to, when not at the same address */
export const problemPage = (request: Request, { code, details }: AppError, retry = pathOf(request)): Response => {
  const { status, headers } = problemOf(code, details)
  const text = details.detail ?? 'Your session and your data are as they were.'
  const page = plainPage({ code, title: refusals[code].title, text, retry, nonce: nonceOf(request) })
  return new Response(page, { status, headers: { ...headers, 'content-type': 'text/html; charset=utf-8' } })
}
