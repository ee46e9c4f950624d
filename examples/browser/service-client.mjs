// Calls a service on another origin from a page of the app, with a token that nothing but this file's closure holds:
// no storage, no cookie, no global, and never out to another origin. docs/domains.md says what must be set up for it.

/**
 * `signed_out`: the app knows no session. `somebody_else`: another user has signed in since; what this page shows and
 * sends is not theirs. `refused`: `code` says by whom and why. `unreachable`: try later, sign nobody out.
 * @typedef {{ is: 'answered', response: Response }
 *   | { is: 'signed_out' } | { is: 'somebody_else' } | { is: 'refused', code: string } | { is: 'unreachable' }} Outcome
 * @typedef {Exclude<Outcome, { is: 'answered' }>} NoToken
 * @typedef {{ is: 'token', text: string, sub: string, until: number }} Token
 */

/** Milliseconds. */
const patience = 10_000
/** How much of its life a token is used for: it must still be good when it arrives. */
const used = 0.8

/** @param {string} token */
const subjectOf = (token) => {
  const part = (token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/')
  return String(JSON.parse(atob(part)).sub)
}

/** @param {string} origin @returns {string} */
const exactOrigin = (origin) => {
  const url = new URL(origin)
  const loopback = url.hostname === 'localhost' || url.hostname === '127.0.0.1'
  if (url.origin !== origin || !(url.protocol === 'https:' || (url.protocol === 'http:' && loopback)))
    throw new TypeError('origin must be exact, such as https://api.example.com')
  return origin
}

/**
 * @param {object} service
 * @param {string} service.audience what its tokens are for, one of the app's SERVICE_AUDIENCES
 * @param {string} service.origin where it is, one of the app's CONNECT_ORIGINS
 * @param {typeof fetch} [service.ask] how the app itself is asked: `keptFetch` renews a spent session first
 * @example
 * const billing = openServiceClient({ audience: 'https://billing.example', origin: 'https://billing.example' })
 * const outcome = await billing.call('/invoices')
 * if (outcome.is === 'answered' && outcome.response.ok) show(await outcome.response.json())
 */
export const openServiceClient = ({ audience, origin, ask = (input, init) => fetch(input, init) }) => {
  const home = exactOrigin(origin)
  /** @type {Token | undefined} */
  let kept
  /** @type {Promise<Token | NoToken> | undefined} */
  let underway
  /** @type {string | undefined} whose page this is */
  let owner
  /** Grows when what is kept, or on its way, is to be forgotten. */
  let era = 0

  /** @returns {Promise<Token | NoToken>} */
  const askForToken = async () => {
    const askedAt = Date.now()
    const answer = await ask('/api/auth/token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ audience }),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(patience),
    })
    if (answer.status === 401) return { is: 'signed_out' }
    if (answer.status >= 500 || answer.status === 429) return { is: 'unreachable' }
    const said = await answer.json()
    if (!answer.ok) return { is: 'refused', code: String(said.code) }
    const { access_token: text, expires_in: life } = said
    const sub = subjectOf(text)
    owner ??= sub
    if (sub !== owner) return { is: 'somebody_else' }
    return { is: 'token', text, sub, until: askedAt + life * 1000 * used }
  }

  /** One fetch, however many wait for it. @returns {Promise<Token | NoToken>} */
  const currentToken = async () => {
    if (kept && Date.now() < kept.until) return kept
    const asked = era
    underway ??= askForToken()
      .catch(() => /** @type {const} */ ({ is: 'unreachable' }))
      .then((got) => {
        if (asked !== era) return { is: 'signed_out' }
        kept = got.is === 'token' ? got : undefined
        underway = undefined
        return got
      })
    return underway
  }

  /** @param {Request} request @param {Token} token */
  const send = (request, { text }) => {
    request.headers.set('authorization', `Bearer ${text}`)
    return fetch(request)
  }

  /**
   * As `fetch`, but for its answer. A 401 of the service is met with one new token and one more try.
   * @param {string | URL} path @param {RequestInit} [init]
   * @returns {Promise<Outcome>}
   * @throws {TypeError} for an address that is not the service's: the token was not made for it
   */
  const call = async (path, init) => {
    const url = new URL(path, home)
    if (url.origin !== home) throw new TypeError(`${url.origin} is not ${home}`)
    // Nothing of the page goes along, and no redirect leads elsewhere.
    const alone = /** @type {const} */ ({ credentials: 'omit', referrerPolicy: 'no-referrer', redirect: 'error' })
    const request = new Request(url, { ...init, mode: 'cors', ...alone })
    try {
      const token = await currentToken()
      if (token.is !== 'token') return token
      const response = await send(request.clone(), token)
      if (response.status !== 401) return { is: 'answered', response }
      if (kept === token) kept = undefined
      const renewed = await currentToken()
      if (renewed.is !== 'token') return renewed
      const again = await send(request, renewed)
      return again.status === 401 ? { is: 'refused', code: 'by_service' } : { is: 'answered', response: again }
    } catch (error) {
      // No network, or a browser that keeps to CORS or our own policy: it does not tell which.
      if (error instanceof TypeError) return { is: 'unreachable' }
      throw error
    }
  }

  /** At sign-out: what is kept is gone, and what is on its way is dropped. */
  const forget = () => {
    era++
    kept = undefined
    underway = undefined
  }

  return { call, forget }
}
