// Every way in which a request is refused: code → status and public words. Codes are the contract (RFC 9457 `code`).

type Refusal = { status: number; title: string }

export const refusals = {
  bad_request: { status: 400, title: 'The request could not be read. Check its form and send it again.' },
  // Words of RFC 8707 §2.
  invalid_target: { status: 400, title: 'The requested resource is invalid, missing, unknown, or malformed.' },
  unauthenticated: { status: 401, title: 'Sign in to continue.' },
  invalid_credentials: { status: 401, title: 'That address and password do not match. Check both and try again.' },
  sign_in_expired: { status: 401, title: 'That took too long, or it was finished already. Sign in again.' },
  invalid_passkey: { status: 401, title: 'That passkey did not work. Try again, or use another way.' },
  unknown_passkey: {
    status: 401,
    title: 'No account here has that passkey any more. Use another one, or another way.',
  },
  session_ended: { status: 401, title: 'This session has ended. Sign in again.' },
  forbidden_origin: {
    status: 403,
    title: 'This request did not come from our own pages. Open the page here and try again.',
  },
  reauthentication_required: { status: 403, title: 'Confirm that it is you, then this goes on.' },
  provider_denied: {
    status: 403,
    title: 'You did not allow it there, so nothing was changed. Try again, or choose another way.',
  },
  provider_mismatch: {
    status: 422,
    title: 'That answer belongs to no sign-in of this browser, or it came too late. Try again.',
  },
  provider_unavailable: {
    status: 503,
    title: 'That provider does not answer. Try again in a moment, or choose another way.',
  },
  address_unverified: {
    status: 422,
    title: 'That provider does not vouch for your email address. Confirm it there first, or sign up here.',
  },
  account_exists: {
    status: 409,
    title:
      'There is an account with this address already. Sign in as before, then connect the provider under Security.',
  },
  already_connected: {
    status: 409,
    title: 'That account is connected already, to you or to somebody else. Disconnect it there first.',
  },
  second_factor_required: {
    status: 403,
    title: 'This needs a second factor. Turn one on under Security in the settings, and sign in with it.',
  },
  forbidden: { status: 403, title: 'Your account may not do this.' },
  not_found: { status: 404, title: 'There is nothing at this address.' },
  method_not_allowed: { status: 405, title: 'This address does not take that method.' },
  last_way_in: {
    status: 409,
    title: 'This is the only way into your account. Add another one first, then this one can go.',
  },
  body_too_large: { status: 413, title: 'The request is too large. Send at most 16 KB.' },
  unsupported_media_type: { status: 415, title: 'Send the body as JSON or as a form, without compression.' },
  misdirected_request: { status: 421, title: 'This server does not answer for that host name.' },
  invalid_fields: { status: 422, title: 'Some of what you entered needs another look.' },
  invalid_code: { status: 422, title: 'That code is wrong or no longer valid. Check it or ask for a new one.' },
  invalid_link: { status: 422, title: 'That link is wrong, already used or too old. Ask for a new one.' },
  rate_limited: { status: 429, title: 'Too many attempts.' },
  internal_error: { status: 500, title: 'Something went wrong on our side. Try again.' },
  temporarily_unavailable: {
    status: 503,
    title: 'This is taking a short break. Nothing was lost: try again in a moment.',
  },
  misconfigured: { status: 503, title: 'This server is not set up yet.' },
} as const satisfies Record<string, Refusal>

export type ErrorCode = keyof typeof refusals
export type FieldErrors = Readonly<Record<string, string>>

type Details = {
  /** One sentence for each field that is wrong. */
  errors?: FieldErrors
  /** Seconds until it is worth trying again. */
  retryAfter?: number
  /** A sentence for people who can mend it; never holds what was sent. */
  detail?: string
  /** Why the session ended; only for the browser that still holds it. */
  reason?: string
}

/** The one error that is thrown on purpose. Its message is for the log: public words come from `refusals`. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: Details

  constructor(code: ErrorCode, details: Details = {}, options?: ErrorOptions) {
    super(details.detail ?? code, options)
    this.name = 'AppError'
    this.code = code
    this.details = details
  }
}

export type Problem = { status: number; body: Record<string, unknown>; headers: Record<string, string> }

/** Problem details (RFC 9457). Holds no stack, no path and nothing of the request. */
export const problemOf = (code: ErrorCode, { errors, retryAfter, detail, reason }: Details = {}): Problem => {
  const { status, title } = refusals[code]
  return {
    status,
    body: {
      type: 'about:blank',
      title,
      status,
      code,
      ...(detail && { detail }),
      ...(reason && { reason }),
      ...(errors && { errors }),
    },
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'private, no-store',
      ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
    },
  }
}
