// What an operator does with signing keys, by a command or a page: looks at them, rotates them, and in an emergency takes
// one out of use. None of it signs anybody out.
import { type KeyLife, lastTokenDead, publishAhead } from '../core/key-life'
import { countIssuedBetween } from '../db/session-list'
import { listKeys, retireKey, storeKey } from '../db/signing-keys'
import { log } from '../log'
import type { Context } from './context'
import { makeKey } from './sealed-key'

/** All keys, oldest first, without their private parts. */
export const listSigningKeys = async ({ db }: Context): Promise<KeyLife[]> =>
  (await listKeys(db)).map(({ kid, alg, state, createdAt, activatedAt, retiredAt }) => ({
    kid,
    alg,
    state,
    createdAt,
    activatedAt,
    retiredAt,
  }))

/** `derived`: an HS256 key is as old as AUTH_SECRET and goes with it. */
export type Rotated = { ok: true; kid: string /** Milliseconds. */; signsAt: number } | { ok: false; reason: 'derived' }

/** Publishes a next key now, if there is none; every process lets it sign when it was published for two minutes. */
export const rotateSigningKey = async (context: Context, now: number): Promise<Rotated> => {
  const { db, env, secrets } = context
  // Makes the first key, or takes the step that is due.
  await context.keys(now)
  if (env.JWT_ALG === 'HS256') return { ok: false, reason: 'derived' }
  const nextOf = async () => (await listSigningKeys(context)).find(({ state }) => state === 'next')
  if (!(await nextOf())) {
    const key = await makeKey(env.JWT_ALG, 'next', secrets, now)
    await storeKey(db, key)
    log().info({ event: 'signing_key', do: 'make', state: 'next', kid: key.kid }, 'audit')
  }
  const next = await nextOf()
  return next ? { ok: true, kid: next.kid, signsAt: next.createdAt + publishAhead } : { ok: false, reason: 'derived' }
}

/** How many live sessions hold an access token that this key has signed: they are refreshed, nobody is signed out. */
export const countSignedBy = async ({ db, env }: Context, kid: string, now: number): Promise<number> => {
  const key = (await listKeys(db)).find((row) => row.kid === kid)
  if (!key?.activatedAt || key.state === 'retired') return 0
  const from = Math.max(key.activatedAt, now - env.ACCESS_TTL * 1000)
  const to = key.state === 'retiring' && key.retiredAt ? key.retiredAt - lastTokenDead(env.ACCESS_TTL, 0) : now
  return countIssuedBetween(db, from, to, now)
}

/** `current`: the HS256 key that AUTH_SECRET gives would only come again. */
export type Retired = { ok: true } | { ok: false; reason: 'unknown' | 'retired' | 'current' }

/** Takes a key out of use at once, whatever it has signed. Another signs from now on. */
export const retireSigningKey = async (context: Context, kid: string, now: number): Promise<Retired> => {
  const { db, env, secrets } = context
  const key = (await listKeys(db)).find((row) => row.kid === kid)
  if (!key) return { ok: false, reason: 'unknown' }
  if (key.state === 'retired') return { ok: false, reason: 'retired' }
  if (env.JWT_ALG === 'HS256' && secrets.shared[0]?.kid === kid) return { ok: false, reason: 'current' }
  await retireKey(db, kid, now)
  log().warn({ event: 'signing_key', do: 'retire', kid }, 'audit')
  return { ok: true }
}
