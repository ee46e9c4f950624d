// Runs a table of attacks: each row must be refused for its own reason, and get past the weak verifier that it names.
import { expect, test } from 'vitest'
import { verifyAccessToken } from '../token'
import type { TokenReason } from '../verdict'
import { expected, type Forge, now } from './token-forge'
import { type WeakName, weakVerifiers } from './weak-verifiers'

/** `accepted`: no defect of the token; it must come out with the claims of a good one. */
export type Answer = TokenReason | 'accepted'

export type Attack = {
  /** Row of the attack catalogue, then what is done. */
  name: string
  token: (forge: Forge) => string | Promise<string>
  answer: Answer
  /** A verifier that this attack gets past. */
  fools?: WeakName
}

export const attack = (name: string, answer: Answer, token: Attack['token'], fools?: WeakName): Attack => ({
  name,
  answer,
  token,
  ...(fools && { fools }),
})

/** Declares one test for each row and, where it names one, another with the weak verifier. */
export const testAttacks = (attacks: readonly Attack[], openForge: () => Promise<Forge>): void => {
  const forge = openForge()
  // A loop, since `$name` in the title of test.each is undefined in the edge VM (vitest 4.1.12).
  for (const { name, answer, token, fools } of attacks) {
    test(`${name}: ${answer}`, async () => {
      const opened = await forge
      const verdict = await verifyAccessToken(await token(opened), opened.keyring, expected, now)
      expect(verdict.ok ? 'accepted' : verdict.reason).toBe(answer)
    })
    if (!fools) continue
    test(`the weak verifier ${fools} is fooled by ${name}`, async () => {
      const opened = await forge
      expect(await weakVerifiers[fools](await token(opened), opened)).toBe(true)
    })
  }
}
