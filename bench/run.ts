// `npm run bench`: builds what is missing, measures, prints the tables, and writes bench/results.json and the chart.
// `-- --quick`: short rounds, nothing written, nothing judged. `-- --only gate,pages,parts,storm,sizes,scripts`: some of it.
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { installed, runOrFail } from '../scripts/run.mjs'
import { takeCores } from './measure/cores'
import { describeMachine, machineInWords } from './measure/machine'
import { measureGate, measurePages, prepareAll } from './measure/pages'
import { say } from './measure/say'
import { buildProduct, measureScripts } from './measure/scripts'
import { measureSizes } from './measure/sizes'
import { measureStorm } from './measure/storm'
import { measureParts } from './micro/all'
import { chartOf } from './report/chart'
import { withFigures } from './report/docs'
import { gateRow, pageRows } from './report/page-rows'
import type { Results } from './report/results'
import { plain, tablesOf } from './report/table'
import { subjects } from './subjects/all'
import { bare, emptyMiddleware } from './subjects/bare'
import { betterAuth } from './subjects/better-auth'
import { handstamp } from './subjects/handstamp'
import type { Subject } from './subjects/subject'

process.chdir(resolve(import.meta.dirname, '..'))

const quick = process.argv.includes('--quick')
const paces = quick
  ? {
      page: { rounds: 7, milliseconds: 600, warmUp: 800, connections: 8 },
      part: { rounds: 3, milliseconds: 300 },
      storms: 1,
    }
  : {
      page: { rounds: 12, milliseconds: 900, warmUp: 1500, connections: 8 },
      part: { rounds: 7, milliseconds: 500 },
      storms: 3,
    }
const parts = ['gate', 'pages', 'parts', 'storm', 'sizes', 'scripts'] as const
const at = process.argv.indexOf('--only')
const only = at < 0 ? parts : (process.argv[at + 1] ?? '').split(',')
const unknown = only.find((name) => !parts.some((part) => part === name))
if (unknown !== undefined) throw new Error(`--only takes ${parts.join(', ')}, not "${unknown}"`)
const wants = (part: (typeof parts)[number]) => only.includes(part)

const needed: Record<(typeof parts)[number], readonly Subject[]> = {
  gate: [emptyMiddleware, handstamp],
  pages: subjects,
  parts: [betterAuth],
  storm: [handstamp],
  sizes: [handstamp],
  scripts: [bare, handstamp],
}
const folders = await prepareAll([...new Set(parts.filter(wants).flatMap((part) => needed[part]))])
const folderOf = ({ name }: Subject) => folders.get(name) ?? ''
if (wants('scripts')) await buildProduct()

// What may have all cores comes first.
const free: Partial<Results> = {
  ...(wants('scripts') && { scripts: await measureScripts(folderOf(bare)) }),
  ...(wants('parts') && { beside: await measureParts(folderOf(betterAuth), paces.part) }),
  ...(wants('storm') && { storm: await measureStorm(folderOf(handstamp), paces.storms) }),
}
const cores = takeCores()
const bench = { folders, cores, pace: paces.page }
const results: Results = {
  machine: describeMachine(cores.pinned),
  quick,
  ...(wants('gate') && { gate: gateRow(await measureGate(bench)) }),
  ...(wants('pages') && { pages: pageRows(await measurePages(subjects, bench)) }),
  ...(wants('sizes') && { sizes: await measureSizes(folderOf(handstamp), cores, paces.page) }),
  ...free,
}

console.log(`\n${machineInWords(results.machine)}`)
for (const { title, table } of tablesOf(results)) console.log(`\n${title}\n${plain(table)}`)
// Ratios are of one run: what some parts say is not written beside older figures of others.
if (!quick && only === parts) {
  writeFileSync('bench/results.json', `${JSON.stringify(results, null, 2)}\n`)
  writeFileSync('docs/images/bench.svg', chartOf(results))
  const page = 'docs/performance.md'
  writeFileSync(page, withFigures(readFileSync(page, 'utf8'), results))
  await runOrFail('Aligning the tables', installed('@biomejs/biome/bin/biome', 'format', '--write', page))
  say(`Written: bench/results.json, docs/images/bench.svg and the figures of ${page}`)
}
