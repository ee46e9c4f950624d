// The life of a signing key: next → active → retiring → retired. Decides the next step from the rows alone; whoever
// carries it out must do so in one atomic write, since other processes decide the same at the same time.
import type { Algorithm } from './algorithms'

export type KeyState = 'next' | 'active' | 'retiring' | 'retired'

/** Times are milliseconds since 1970. */
export type KeyLife = {
  kid: string
  alg: Algorithm
  state: KeyState
  createdAt: number
  activatedAt: number | null
  /** When the last token of a retiring key is dead; for a retired one, when it was retired. */
  retiredAt: number | null
}

export type KeyRules = {
  alg: Algorithm
  /** How long one key signs, milliseconds. */
  rotation: number
  /** Life of an access token, seconds. */
  accessTtl: number
}

export type KeyPolicy = KeyRules & {
  /** The kid that an HS256 key has under the present AUTH_SECRET. */
  sharedKid: string
  /** When this process began, milliseconds. */
  openedAt: number
}

export type KeyStep =
  | { do: 'make'; state: 'active' | 'next' }
  /** @property goneAt when the last token of the key before is dead */
  | { do: 'activate'; kid: string; from: string | null; goneAt: number }
  | { do: 'retire'; kid: string }
  | { do: 'drop'; kid: string }

/** How long a process takes the keys of the database as read, milliseconds. */
export const storeFreshness = 10_000
/** How long the edge, and whoever heeds our Cache-Control, takes the published set as read, milliseconds. */
export const setFreshness = 60_000
/** How long a key is published before it signs: until every copy of the set has it, milliseconds. */
export const publishAhead = 2 * setFreshness
/** A verifier's clock may be this much behind, milliseconds. */
const skew = 60_000

/** When the last token is dead of a key that signs no more, counting processes that have yet to hear of it. */
export const lastTokenDead = (accessTtl: number, now: number): number => now + accessTtl * 1000 + skew + storeFreshness

const isWanted = ({ alg, kid }: KeyLife, policy: KeyPolicy): boolean =>
  alg === policy.alg && (alg !== 'HS256' || kid === policy.sharedKid)

const isDue = (active: KeyLife, policy: KeyPolicy, now: number): boolean => {
  const since = active.activatedAt ?? active.createdAt
  // A process of the deployment before wants another algorithm: it must not take back what a newer one has changed.
  if (!isWanted(active, policy)) return since < policy.openedAt
  // An HS256 key is as old as AUTH_SECRET, and goes with it.
  return active.alg !== 'HS256' && now >= since + policy.rotation - publishAhead
}

const byAge = (one: KeyLife, other: KeyLife) => one.createdAt - other.createdAt || (one.kid < other.kid ? -1 : 1)

/**
 * The next thing to do, or `null` when all is as it should be. Call it again with the new rows after each step.
 * @param now milliseconds since 1970
 */
export const decideKeyStep = (rows: readonly KeyLife[], policy: KeyPolicy, now: number): KeyStep | null => {
  const active = rows.find(({ state }) => state === 'active')
  const [next, surplus] = rows.filter(({ state }) => state === 'next').sort(byAge)
  const goneAt = lastTokenDead(policy.accessTtl, now)
  if (!active) {
    // No key signs: the one that is published is better than one that nobody knows.
    if (next) return { do: 'activate', kid: next.kid, from: null, goneAt }
    return { do: 'make', state: 'active' }
  }
  const dead = rows.find(({ state, retiredAt }) => state === 'retiring' && (retiredAt ?? 0) <= now)
  if (dead) return { do: 'retire', kid: dead.kid }
  // Two processes may have made one each: the older is everybody's.
  if (surplus) return { do: 'drop', kid: surplus.kid }
  if (next)
    return now >= next.createdAt + publishAhead ? { do: 'activate', kid: next.kid, from: active.kid, goneAt } : null
  return isDue(active, policy, now) ? { do: 'make', state: 'next' } : null
}
