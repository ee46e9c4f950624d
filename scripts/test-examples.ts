// `npm run test:examples`: every verifier of examples/ whose toolchain is here judges the tokens of docs/verify.md, which
// the running app's own key has signed, under each algorithm and before and after a rotation of that key. Needs a build
// and some minutes: a new key is published for two before it signs.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkNginx, type Held } from './example-nginx'
import { openExampleTrial, type Trial } from './example-trial'
import { findNginx, serviceAlgorithms } from './example-verifiers'
import { pageWithTable } from './vector-table'

/** Columns as wide as their widest cell. */
const printTable = (rows: readonly (readonly string[])[]): void => {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)))
  for (const row of rows)
    console.log(
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
}

const { page, written } = pageWithTable()
if (page !== written)
  throw new Error('The table in docs/verify.md is out of date. Make it anew: npx tsx scripts/vector-table.ts')
const folder = await mkdtemp(join(tmpdir(), 'handstamp-examples-'))
const trials: Trial[] = []
const nginx = await findNginx()
let held: Held[] = []
try {
  for (const alg of serviceAlgorithms) {
    console.log(`Showing the tokens under ${alg}.`)
    const trial = await openExampleTrial(alg, folder)
    trials.push(trial)
    await trial.judgeAll()
    if (alg === 'ES256' && 'program' in nginx)
      held = await checkNginx(nginx.program, trial.settings, folder, await trial.makeGood())
    // Not later: the key before it is published for six minutes more.
    await trials.at(-2)?.judgeAfterRotation()
  }
  console.log('Waiting until the last key signs.')
  await trials.at(-1)?.judgeAfterRotation()
  for (const trial of trials) await trial.judgeAfterTheEnd()
} finally {
  for (const trial of trials) await trial.close()
  await rm(folder, { recursive: true, force: true })
}

const results = trials.flatMap((trial) => trial.results)
// By example, whatever was asked first.
const byName = [...new Set(results.map(({ name }) => name))].flatMap((name) =>
  results.filter((row) => row.name === name),
)
printTable([
  ['example', 'algorithm', 'tokens', 'right', 'key rotation', 'with'],
  ...byName.map(({ name, alg, version, skipped, judged, right, survived }) =>
    skipped === null
      ? [name, alg, String(judged), String(right), survived ? 'survived' : 'NOT survived', version]
      : [name, alg, '-', '-', '-', `skipped: ${skipped}`],
  ),
])
console.log()
for (const { name, right, told } of held) console.log(`nginx: ${name}: ${right ? 'yes' : `NO: ${told}`}`)
if (results.some(({ skipped, judged, right, survived }) => skipped === null && (right !== judged || !survived)))
  process.exitCode = 1
if (held.some(({ right }) => !right)) process.exitCode = 1
