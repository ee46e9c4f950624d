// What the server says of this browser's session, and the refresh of it: one tab at a time. A failure to ask is no answer.
import { backgroundHeader } from '@/lib/core/identity-headers'
import { slug } from '@/lib/core/product'
import { freshFor } from '@/lib/core/session-state'
import { type SessionAnswer, type Word, wordFrom } from './standing'

export type Asked = { is: 'here'; word: Word } | { is: 'gone' } | { is: 'unknown' }

/** How long an answer is waited for, milliseconds: less where a person waits too. */
const patience = { look: 5000, renew: 15_000 }
const unknown: Asked = { is: 'unknown' }
const listeners = new Set<(asked: Asked) => void>()

/** Hears every answer, whoever asked. */
export const onAnswer = (listener: (asked: Asked) => void): void => {
  listeners.add(listener)
}

/** @param user whose session it is where the answer does not say @returns `null` for an answer that is not one */
export const readWord = async (response: Response, user = ''): Promise<Word | null> => {
  try {
    const answer: SessionAnswer = await response.json()
    return wordFrom(answer, response.headers.get('date'), freshFor, user)
  } catch {
    return null
  }
}

const call = async (path: string, init: RequestInit, limit: number, user?: string): Promise<Asked> => {
  try {
    const response = await fetch(path, { ...init, cache: 'no-store', signal: AbortSignal.timeout(limit) })
    if (response.status === 401) return { is: 'gone' }
    const word = response.ok ? await readWord(response, user) : null
    return word ? { is: 'here', word } : unknown
  } catch {
    return unknown
  }
}

const tell = (asked: Asked): Asked => {
  for (const listener of listeners) listener(asked)
  return asked
}

const unasked = { [backgroundHeader]: '1' }
const look = (limit: number) => call('/api/auth/session', { headers: unasked }, limit)

/** Who is signed in here. It is no activity; an access token that is spent is renewed on the way. */
export const ask = async (): Promise<Asked> => tell(await look(patience.look))

const alone = <T>(work: () => Promise<T>): Promise<T> => navigator.locks?.request(`${slug}-refresh`, work) ?? work()

/**
 * Looks first, as another tab may have been here: who waits for the lock finds a young token. It also keeps the reason of
 * an end for the page that says it, which a refused refresh would clear.
 * @param lead milliseconds of the access token's life that are enough as they are
 * @param activity whether a person asked for it
 */
export const renew = async (lead: number, activity = false): Promise<Asked> =>
  tell(
    await alone(async () => {
      const seen = await look(patience.renew)
      if (seen.is !== 'here' || (!activity && (seen.word.accessEndsIn ?? 0) > lead)) return seen
      const headers = { 'content-type': 'application/json', ...(activity ? {} : unasked) }
      return call('/api/auth/refresh', { method: 'POST', headers, body: '{}' }, patience.renew, seen.word.user)
    }),
  )
