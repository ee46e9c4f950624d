// The one hook that tests have into a running app: its clock. scripts/serve.mjs loads this module only where TEST_HOOKS
// is set in local mode, so that elsewhere there is nothing to call.
import { createHash, timingSafeEqual } from 'node:crypto'
import { json } from 'node:stream/consumers'

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */

const path = '/__test/clock'
/** A hundred years either way, milliseconds. */
const furthest = 100 * 365 * 86_400_000
/** Read by lib/clock.ts. @type {typeof globalThis & { handstampClockOffset?: number }} */
const shared = globalThis

/** @param {string} text */
const digest = (text) => createHash('sha256').update(text).digest()

/** @param {Response} response @param {number} status @param {object} body */
const answerJson = (response, status, body) => {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'private, no-store' })
  response.end(JSON.stringify(body))
}

/**
 * Where the clock is to stand, or `null` when that is not said.
 * @param {unknown} wish `{"advance": milliseconds}` or `{"reset": true}`
 * @param {number} offset where it stands
 */
const offsetAfter = (wish, offset) => {
  if (typeof wish !== 'object' || wish === null) return null
  if ('reset' in wish) return wish.reset === true ? 0 : null
  if (!('advance' in wish) || !Number.isSafeInteger(wish.advance)) return null
  const next = offset + Number(wish.advance)
  return Math.abs(next) <= furthest ? next : null
}

/**
 * @param {string} token TEST_HOOKS
 * @returns `null` for a token that lib/env.ts refuses: the gate then answers 503 to everything and says so
 */
export const openTestHooks = (token) => {
  if (Buffer.from(token, 'base64url').length < 32) return null
  const wanted = digest(`Bearer ${token}`)
  const offset = () => shared.handstampClockOffset ?? 0
  /** @param {Request} request @param {Response} response */
  const moveClock = async (request, response) => {
    // Digests are of one length, so that the comparison takes the same time whatever was sent.
    if (!timingSafeEqual(digest(request.headers.authorization ?? ''), wanted))
      return answerJson(response, 401, { code: 'unauthenticated' })
    const next = offsetAfter(await json(request).catch(() => null), offset())
    if (next === null) return answerJson(response, 422, { code: 'invalid_fields' })
    shared.handstampClockOffset = next
    answerJson(response, 200, { offset: next })
  }
  return {
    offset,
    /**
     * Answers a call of the hook, whose body has arrived.
     * @param {Request} request @param {Response} response
     * @returns {Promise<void> | null} `null` when it is none
     */
    answer: (request, response) =>
      request.method === 'POST' && request.url === path ? moveClock(request, response) : null,
  }
}
