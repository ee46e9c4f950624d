// The lab's own ring of keys, one for everybody in this process, which whoever has a session may rotate. It goes as the
// app's keys go, but that a next key needs no wait: nobody elsewhere has a copy. No session hangs on it.
import { now as readClock } from '../clock'
import type { Expected } from '../core/claims'
import { AppError } from '../core/errors'
import type { KeyState } from '../core/key-life'
import { verifyAccessToken } from '../core/token'
import { openSmith, type Smith } from './attacks/smith'
import { labExpected, labToken } from './lab-token'

/** Life of a token, seconds. */
const life = 120
/** Between two rotations, milliseconds: they are everybody's. */
const pause = 10_000
/** How many tokens of a key are looked at again, and how many keys that are gone are shown. */
const most = { tokens: 10, gone: 2 }

type Key = { smith: Smith; state: KeyState; since: number; signed: { text: string; until: number }[] }
type Ring = Key[]

export type RingKey = {
  kid: string
  state: KeyState
  /** When it came into this state, milliseconds. */
  since: number
  /** Tokens of its that live, as far as they are remembered, and how many of them are accepted now. */
  living: number
  accepted: number
}

const expected: Expected = { ...labExpected, accessTtl: life }

const freshKey = async (state: KeyState, now: number): Promise<Key> => ({
  smith: await openSmith(),
  state,
  since: now,
  signed: [],
})

export const openRing = async (now: number): Promise<Ring> => [
  await freshKey('active', now),
  await freshKey('next', now),
]

/** Takes keys out whose last token is dead, and forgets tokens that are. */
const settle = (ring: Ring, now: number): Ring => {
  const settled = ring.map((key): Key => {
    const signed = key.signed.filter(({ until }) => until > now)
    const gone = key.since + life * 1000
    return key.state === 'retiring' && gone <= now
      ? { ...key, state: 'retired', since: gone, signed }
      : { ...key, signed }
  })
  const forgotten = settled.filter(({ state }) => state === 'retired').slice(0, -most.gone)
  return settled.filter((key) => !forgotten.includes(key))
}

/** Every key that signs or has signed and may still be asked for, and the next one. */
const keyringOf = (ring: Ring) =>
  new Map(ring.filter(({ state }) => state !== 'retired').flatMap(({ smith }) => [...smith.keyring]))

/** @returns `null` when the last rotation is too short a time ago */
export const rotateRing = async (ring: Ring, now: number): Promise<Ring | null> => {
  const settled = settle(ring, now)
  if (settled.some(({ state, since }) => state === 'retiring' && since > now - pause)) return null
  const steps: Partial<Record<KeyState, KeyState>> = { next: 'active', active: 'retiring' }
  const moved = settled.map((key): Key => {
    const state = steps[key.state]
    return state ? { ...key, state, since: now } : key
  })
  return [...moved, await freshKey('next', now)]
}

/** One more token of the active key. */
export const signInRing = async (ring: Ring, now: number): Promise<Ring> => {
  const until = now + life * 1000
  return Promise.all(
    settle(ring, now).map(async (key): Promise<Key> => {
      if (key.state !== 'active') return key
      const text = await labToken(key.smith, now, life)
      return { ...key, signed: [...key.signed, { text, until }].slice(-most.tokens) }
    }),
  )
}

/** Asks the app's verifier about each token that lives. */
export const judgeRing = async (ring: Ring, now: number): Promise<RingKey[]> => {
  const settled = settle(ring, now)
  const keyring = keyringOf(settled)
  return Promise.all(
    settled.map(async ({ smith, state, since, signed }) => {
      const verdicts = await Promise.all(signed.map(({ text }) => verifyAccessToken(text, keyring, expected, now)))
      const accepted = verdicts.filter(({ ok }) => ok).length
      return { kid: smith.kid, state, since, living: signed.length, accepted }
    }),
  )
}

/** Pages and handlers are bundled apart but share globalThis. One change after the other. */
const shared: typeof globalThis & { handstampLabRing?: Promise<Ring> } = globalThis
const change = (to: (ring: Ring, now: number) => Promise<Ring>): Promise<Ring> => {
  const before = shared.handstampLabRing ?? openRing(readClock())
  const after = before.then((ring) => to(ring, readClock()))
  // What could not be done leaves the ring as it was.
  shared.handstampLabRing = after.catch(() => before)
  return after
}

/** Signs a token for whoever looks, and says how all of them fare. */
export const visitRing = async (): Promise<RingKey[]> => judgeRing(await change(signInRing), readClock())

/** @throws AppError `rate_limited` when somebody else has just done so */
export const turnRing = async (): Promise<RingKey[]> => {
  const turned = await change(async (ring, now) => {
    const rotated = await rotateRing(ring, now)
    if (!rotated) throw new AppError('rate_limited', { retryAfter: pause / 1000 })
    return rotated
  })
  return judgeRing(turned, readClock())
}
