// @vitest-environment edge-runtime
// The verifier against thousands of mutants of a good token, the same ones each time. `npm run fuzz` makes others.
import { expect, test } from 'vitest'
import { algorithms } from './algorithms'
import { fuzz } from './testing/fuzz'
import { weakVerifiers } from './testing/weak-verifiers'

const runs = 8_000
const seed = 20_261_122

test.each(algorithms)('no mutant of a token of %s is accepted', { timeout: 120_000 }, async (alg) => {
  expect(await fuzz(alg, { seed, runs })).toBeGreaterThan(runs * 0.7)
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
