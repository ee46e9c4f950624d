// A rotation of signing keys in fast motion: two keys of the lab, the app's own rule for what happens when, and the app's
// own verifier at each moment. The app's real keys are only looked at.
import { listSigningKeys } from '../auth/signing-keys'
import {
  decideKeyStep,
  type KeyLife,
  type KeyPolicy,
  type KeyState,
  lastTokenDead,
  publishAhead,
} from '../core/key-life'
import { verifyAccessToken } from '../core/token'
import { currentContext } from '../web/context'
import { openSmith, type Smith } from './attacks/smith'
import { labExpected, labToken } from './lab-token'

export type Stage = {
  /** Milliseconds before (negative) or after the new key begins to sign. */
  at: number
  title: string
  states: [old: KeyState, next: KeyState | null]
  /** Whether a token of each key, still within its life, is accepted now; `null` while there is none. */
  accepted: [old: boolean | null, next: boolean | null]
}

/** Takes every step that is due, as the key store does. */
const settle = (rows: KeyLife[], policy: KeyPolicy, spare: string, now: number): KeyLife[] => {
  const step = decideKeyStep(rows, policy, now)
  if (!step || step.do === 'drop') return rows
  if (step.do === 'make') {
    const made: KeyLife = {
      kid: spare,
      alg: policy.alg,
      state: step.state,
      createdAt: now,
      activatedAt: null,
      retiredAt: null,
    }
    return settle([...rows, made], policy, spare, now)
  }
  const changed = rows.map((row): KeyLife => {
    if (step.do === 'retire') return row.kid === step.kid ? { ...row, state: 'retired', retiredAt: now } : row
    if (row.kid === step.kid) return { ...row, state: 'active', activatedAt: now }
    return row.kid === step.from ? { ...row, state: 'retiring', retiredAt: step.goneAt } : row
  })
  return settle(changed, policy, spare, now)
}

/** @param now milliseconds @param rotation KEY_ROTATION, milliseconds */
export const rehearseRotation = async (now: number, rotation: number): Promise<Stage[]> => {
  const [old, next] = [await openSmith(), await openSmith()]
  const smiths = [old, next]
  const policy: KeyPolicy = { alg: 'ES256', rotation, accessTtl: 300, sharedKid: '', openedAt: now }
  const change = now + rotation
  const gone = lastTokenDead(policy.accessTtl, change)
  const moments: [at: number, title: string][] = [
    [change - publishAhead - 60_000, 'One key signs'],
    [change - publishAhead, 'The next one is published, so that every verifier knows it before it is needed'],
    [change, 'It takes over. Tokens of the old one stay good'],
    [change + 240_000, 'Its last tokens are about to end'],
    [gone, 'The old key is gone, and so are all its tokens'],
  ]
  let rows: KeyLife[] = [
    { kid: old.kid, alg: 'ES256', state: 'active', createdAt: now, activatedAt: now, retiredAt: null },
  ]
  // The last that each key has signed.
  const signed = new Map<string, string>()
  const sign = async (at: number): Promise<void> => {
    const active = smiths.find(({ kid }) => rows.some((row) => row.kid === kid && row.state === 'active'))
    if (active) signed.set(active.kid, await labToken(active, at, labExpected.accessTtl))
  }
  const stages: Stage[] = []
  for (const [at, title] of moments) {
    // Until the last moment before the change the old one signs.
    await sign(at - 1000)
    rows = settle(rows, policy, next.kid, at)
    await sign(at)
    const live = rows.filter(({ state }) => state !== 'retired')
    const keyring = new Map(
      smiths.filter(({ kid }) => live.some((row) => row.kid === kid)).flatMap((s) => [...s.keyring]),
    )
    const judge = async ({ kid }: Smith) => {
      const token = signed.get(kid)
      return token === undefined ? null : (await verifyAccessToken(token, keyring, labExpected, at)).ok
    }
    const stateOf = ({ kid }: Smith) => rows.find((row) => row.kid === kid)?.state ?? null
    stages.push({
      at: at - change,
      title,
      states: [stateOf(old) ?? 'retired', stateOf(next)],
      accepted: [await judge(old), await judge(next)],
    })
  }
  return stages
}

/** The app's own keys and what it publishes of them. */
export const readOwnKeys = async (now: number) => {
  const context = await currentContext()
  const { jwks } = await context.keys(now)
  return { keys: await listSigningKeys(context), jwks, rotation: context.env.KEY_ROTATION * 1000 }
}
