// `npm run fuzz -- --minutes 10`: shows the verifier mutants of good tokens, of each algorithm in turn. `--seed N` makes
// those of an earlier run again.
import { parseArgs } from 'node:util'
import { algorithms } from '../lib/core/algorithms'
import { fuzz } from '../lib/core/testing/fuzz'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
})
const [minutes, seed] = [Number(values.minutes), Number(values.seed)]
if (!(minutes > 0) || !Number.isInteger(seed)) throw new Error('Usage: npm run fuzz -- --minutes 10 [--seed 1]')
const time = (minutes * 60_000) / algorithms.length

console.log(`Fuzzing for ${minutes} min with --seed ${seed}`)
for (const alg of algorithms) {
  const tried = await fuzz(alg, { seed, runs: Number.MAX_SAFE_INTEGER, time })
  console.log(`${alg}: ${tried} mutants, none accepted`)
}
