// The edge's copy of the revocation snapshot: asked for in the background when it is two seconds old, one fetch at a
// time, and awaited when it is three. Without a copy younger than fifteen seconds the edge leaves the decision to Node.
import type { Keyring } from '../core/keyring'
import { type Revocations, readRevocations, supersedes } from '../core/revocations'
import { within } from '../within'

/** Seconds. */
const oldest = 15
/** A copy this much older than the poll is renewed before it is used. */
const waitAfter = 1
/** Milliseconds. */
const fetchLimit = 300
const fetchPause = 250

export type RevocationSource = {
  /** The copy that needs nobody to be asked, or `null`. @param now milliseconds */
  atHand: (now: number) => Revocations | null
  /** A copy young enough to go by, or `null`. @param now milliseconds */
  current: (keyring: Keyring, now: number) => Promise<Revocations | null>
}

type Fetch = (url: string, init: { signal: AbortSignal; cache: 'no-store' }) => Promise<Pick<Response, 'ok' | 'text'>>

/** @param origin where this app answers to itself @param poll age at which to ask for a newer copy, seconds */
export const openRevocationSource = (
  origin: string,
  issuer: string,
  poll: number,
  fetcher: Fetch = fetch,
): RevocationSource => {
  let kept: Revocations | null = null
  let askedAt = Number.NEGATIVE_INFINITY
  let underWay: Promise<void> | null = null

  const read = async (keyring: Keyring, signal: AbortSignal): Promise<Revocations | null> => {
    const answer = await fetcher(`${origin}/.well-known/revocations`, { signal, cache: 'no-store' })
    return answer.ok ? readRevocations(await answer.text(), keyring, issuer) : null
  }
  const load = async (keyring: Keyring, now: number): Promise<void> => {
    // No answer in time: the copy at hand ages, and when it is too old Node decides.
    const next = await within(fetchLimit, (signal) => read(keyring, signal)).catch(() => null)
    // A copy from before the clock went back outranks what is true now by its sequence alone.
    if (next && supersedes(next, young(now) ?? (kept && { ...kept, asOf: 0 }))) kept = next
  }
  const ask = (keyring: Keyring, now: number): Promise<void> => {
    if (underWay) return underWay
    if (Math.abs(now - askedAt) < fetchPause) return Promise.resolve()
    askedAt = now
    underWay = load(keyring, now).finally(() => {
      underWay = null
    })
    return underWay
  }
  // A copy from the future is as little to be trusted as an old one, and as much in need of a newer one.
  const ageAt = (now: number) => (kept ? Math.abs(now / 1000 - kept.asOf) : Number.POSITIVE_INFINITY)
  const young = (now: number): Revocations | null => (ageAt(now) <= oldest ? kept : null)

  return {
    atHand: (now) => (ageAt(now) < poll ? kept : null),
    current: async (keyring, now) => {
      const copy = young(now)
      const age = ageAt(now)
      if (copy && age < poll) return copy
      const asked = ask(keyring, now)
      if (copy && age < poll + waitAfter) return copy
      // Nobody has come by for a while: this request waits, briefly, rather than go by an old list.
      await asked
      return young(now)
    },
  }
}
