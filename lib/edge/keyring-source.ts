// The edge's copy of the public keys: fetched from the app's own JWKS, kept in module memory, one fetch at a time. It
// can verify with them; it cannot mint, unless it was handed a key that is shared.
import { setFreshness } from '../core/key-life'
import { importKeyring, type Keyring } from '../core/keyring'
import { within } from '../within'

/** Milliseconds. */
const unknownKidPause = 10_000
const fetchLimit = 2_000
const failurePause = 500

export type KeyringSource = {
  /** The keys that need nobody to be asked, or `null`. @param now milliseconds */
  atHand: (now: number) => Keyring | null
  /** The keys at hand, fetched first when there are none. `null` when there is no way to know: never a sign-out. */
  keyring: (now: number) => Promise<Keyring | null>
  /**
   * The newest keys, for a kid that is not among those at hand: asked for at most once in ten seconds, or twice a second
   * while there is no answer. `null` then: whether there is such a key is not to be known.
   */
  withUnknownKid: (now: number) => Promise<Keyring | null>
}

type Fetch = (url: string, init: { signal: AbortSignal; cache: 'no-store' }) => Promise<Pick<Response, 'ok' | 'json'>>

/**
 * @param origin where this app answers to itself
 * @param shared HS256 keys, which no key set may hold; none unless JWT_ALG is HS256
 */
export const openKeyringSource = (origin: string, shared: Keyring, fetcher: Fetch = fetch): KeyringSource => {
  let kept: Keyring | null = shared.size > 0 ? shared : null
  let fetchedAt = Number.NEGATIVE_INFINITY
  let askedAt = Number.NEGATIVE_INFINITY
  let underWay: Promise<boolean> | null = null

  const read = async (signal: AbortSignal): Promise<Keyring | null> => {
    const answer = await fetcher(`${origin}/.well-known/jwks.json`, { signal, cache: 'no-store' })
    return answer.ok ? importKeyring(await answer.json(), shared) : null
  }
  /** Whether there are newer keys now. Without an answer that can be used the keys at hand stay good. */
  const load = async (now: number): Promise<boolean> => {
    const keyring = await within(fetchLimit, read).catch(() => null)
    if (!keyring) return false
    kept = keyring
    fetchedAt = now
    return true
  }
  const ask = (now: number) => {
    if (underWay) return underWay
    askedAt = now
    underWay = load(now).finally(() => {
      underWay = null
    })
    return underWay
  }
  const askedWithin = (now: number, pause: number) => Math.abs(now - askedAt) < pause
  const isFresh = (now: number) => Math.abs(now - fetchedAt) <= setFreshness

  return {
    atHand: (now) => (isFresh(now) ? kept : null),
    keyring: async (now) => {
      if (kept === null) {
        if (underWay || !askedWithin(now, failurePause)) await ask(now)
        return kept
      }
      // Stale keys are still keys: answer with them and look for newer ones beside the request.
      if (!isFresh(now) && !askedWithin(now, unknownKidPause)) void ask(now)
      return kept
    },
    withUnknownKid: async (now) => {
      const isAnswered = fetchedAt === askedAt
      if (!underWay && askedWithin(now, isAnswered ? unknownKidPause : failurePause)) return isAnswered ? kept : null
      return (await ask(now)) ? kept : null
    },
  }
}
