// `npm run bench`: builds what is missing, measures, prints the tables, and writes bench/results.json and the chart. With
// `-- --quick`: short rounds, nothing written, nothing judged. `-- --only pages,micro` leaves the other parts out.
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { takeCores } from './measure/cores'
import { describeMachine, machineInWords } from './measure/machine'
import { measurePages, prepareAll } from './measure/pages'
import { say } from './measure/say'
import { chartOf } from './report/chart'
import { pageRows } from './report/page-rows'
import type { Results } from './report/results'
import { plain, tablesOf } from './report/table'
import { subjects } from './subjects/all'

const project = resolve(import.meta.dirname, '..')
process.chdir(project)

const quick = process.argv.includes('--quick')
const pace = quick
  ? { rounds: 3, milliseconds: 1000, warmUp: 800, connections: 8 }
  : { rounds: 7, milliseconds: 3000, warmUp: 2000, connections: 8 }

const folders = await prepareAll(subjects)
const cores = takeCores()
const pages = await measurePages(subjects, folders, cores, pace)
const results: Results = { machine: describeMachine(cores.pinned), quick, ...pageRows(pages) }

console.log(`\n${machineInWords(results.machine)}`)
for (const { title, table } of tablesOf(results)) console.log(`\n${title}\n${plain(table)}`)
if (!quick) {
  writeFileSync(join(project, 'bench/results.json'), `${JSON.stringify(results, null, 2)}\n`)
  writeFileSync(join(project, 'docs/images/bench.svg'), chartOf(results))
  say('Written: bench/results.json and docs/images/bench.svg')
}
