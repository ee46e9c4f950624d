// Runs a table of attacks: each row must be refused for its own reason, and get past the weak verifiers that it names.
import { expect, test } from 'vitest'
import { verifyAccessToken } from '../token'
import type { Attack } from './attack'
import { expected, type Forge, now } from './token-forge'
import { weakVerifiers } from './weak-verifiers'

/** Declares one test for each row, against a key of any algorithm. @param answerTo `null` leaves a row out */
export const testAnswers = (
  attacks: readonly Attack[],
  forge: Promise<Forge>,
  answerTo: (row: Attack) => Attack['answer'] | null,
): void => {
  // A loop, since `$name` in the title of test.each is undefined in the edge VM (vitest 4.1.12).
  for (const row of attacks) {
    const answer = answerTo(row)
    if (answer === null) continue
    test(`${row.name}: ${answer}`, async () => {
      const opened = await forge
      const verdict = await verifyAccessToken(await row.token(opened), opened.keyring, expected, now)
      expect(verdict.ok ? 'accepted' : verdict.reason).toBe(answer)
    })
  }
}

/** Declares one test for each row, and another for each weak verifier that it names. */
export const testAttacks = (attacks: readonly Attack[], openForge: () => Promise<Forge>): void => {
  const forge = openForge()
  testAnswers(attacks, forge, ({ answer }) => answer)
  for (const { name, token, fools } of attacks) {
    for (const weak of fools) {
      test(`the weak verifier ${weak} is fooled by ${name}`, async () => {
        const opened = await forge
        await expect(weakVerifiers[weak](await token(opened), opened)).resolves.toBeTypeOf('object')
      })
    }
  }
}
