// Runs the table of attacks against one app: every row at four surfaces, after a good token was accepted at all of them.
import type { Reason } from '../../core/verdict'
import type { Attack, Means } from './attack'
import { type Door, knock } from './door'
import { expectedOfLab, judge } from './judge'
import { openSmith } from './smith'
import { findProbes, type Probes, showToAll } from './surfaces'
import { aimAt } from './target'
import { faultsOf, listed, surfaces, type Verdicts } from './verdicts'

export type Aim = { probes: Probes; means: Means }

/** `problem`: a sentence for whoever started the run. */
export type Prepared = { ok: true; aim: Aim } | { ok: false; problem: string }

export type Outcome = {
  attack: Attack
  surfaces: Verdicts
  /** What the same verifier says under the lab's key, where the attack is signed by that. */
  lab?: Reason | 'accepted'
  /** What is wrong with these verdicts, loudly; empty when all four have refused. */
  faults: readonly string[]
}

const problem = (text: string): Prepared => ({ ok: false, problem: text })

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Keys that the server does not trust. */
const makeKeys = async (): Promise<Pick<Means, 'attacker' | 'lab'>> => ({
  attacker: await openSmith(),
  lab: await openSmith(),
})

/**
 * @param token the good one that the attacks are made from
 * @param now milliseconds since 1970
 * @throws what knock() throws
 */
export const prepareRun = async (door: Door, token: string, now: number, keys = makeKeys()): Promise<Prepared> => {
  const probes = await findProbes(door)
  if (!probes) return problem(`There is no probe at ${door.origin}/lab/probe. Is it this app, and LAB not off?`)
  const control = await showToAll(probes, { cookies: [token] })
  if (surfaces.some((surface) => control[surface] !== 'accepted'))
    return problem(
      `The good token is not accepted everywhere (refused: ${listed(control, 'refused') || 'none'}; ` +
        `errors: ${listed(control, 'error') || 'none'}), so a refusal would prove nothing.`,
    )
  const [jwks, revocations] = await Promise.all([
    knock(door, { path: '/.well-known/jwks.json' }),
    knock(door, { path: '/.well-known/revocations' }),
  ])
  if (jwks.status !== 200 || revocations.status !== 200)
    return problem(`${door.origin}/.well-known does not answer as it should: try again.`)
  const published = { origin: door.origin, jwks: jsonOf(jwks.text), revocations: revocations.text }
  const seconds = Math.floor(now / 1000)
  const means = { target: await aimAt(token, published, seconds), ...(await keys), seconds }
  return { ok: true, aim: { probes, means } }
}

/** @throws what knock() throws when the app is gone */
export const runAttack = async ({ probes, means }: Aim, attack: Attack): Promise<Outcome> => {
  const shown = await attack.make(means)
  const verdicts = await showToAll(probes, shown)
  const { lab, target, seconds } = means
  const judged = attack.labCode && (await judge(shown, lab.keyring, expectedOfLab(target), seconds * 1000))
  const asWanted = judged === attack.labCode
  return { attack, surfaces: verdicts, ...(judged && { lab: judged }), faults: faultsOf(verdicts, asWanted) }
}
