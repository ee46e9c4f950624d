// @vitest-environment edge-runtime
// The verifier against mutants of a good token for a minute, a fifth of it for each algorithm: the same mutants each
// time, as far as the machine gets. `npm run fuzz` makes others.
import { expect, test } from 'vitest'
import { algorithms } from './algorithms'
import { fuzz } from './testing/fuzz'
import { weakVerifiers } from './testing/weak-verifiers'

const runs = Number.MAX_SAFE_INTEGER
const time = 60_000 / algorithms.length
/** So few only where hardly anything got through to the verifier. */
const least = 2_000
const seed = 20_261_122

test.each(algorithms)('no mutant of a token of %s is accepted', { timeout: 120_000 }, async (alg) => {
  expect(await fuzz(alg, { seed, runs, time })).toBeGreaterThan(least)
})

test('a weak verifier is found out by the same mutants', async () => {
  const weak = fuzz('ES256', { seed, runs }, (token, forge) =>
    weakVerifiers.jose(token, forge).then(
      () => true,
      () => false,
    ),
  )
  await expect(weak).rejects.toThrow('accepted under ES256')
})
