// `npm run attacks -- --url URL`: shows every attack of the lab to a running app, at four surfaces. Exit code 0: all were
// refused; 1: one was not, or two surfaces disagree; 2: there was no run.
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { now } from '../lib/clock'
import { AppError } from '../lib/core/errors'
import type { Attack } from '../lib/lab/attacks/attack'
import type { Door } from '../lib/lab/attacks/door'
import { type Outcome, prepareRun, runAttack } from '../lib/lab/attacks/run'
import { attacks, findAttack } from '../lib/lab/attacks/table'
import { countsOf, jsonReport, junitReport, summaryOf, tableHead, tableLine } from './attack-report'
import { borrowSession } from './attack-session'

const usage =
  'Usage: npm run attacks -- --url http://localhost:3000 [--only ID]… [--json FILE] [--junit FILE] [--cookie-file FILE]'

const refuse = (detail: string): never => {
  throw new AppError('misconfigured', { detail })
}

const readWords = () => {
  try {
    const text = { type: 'string' } as const
    const options = {
      url: text,
      json: text,
      junit: text,
      'cookie-file': text,
      only: { ...text, multiple: true },
    } as const
    return parseArgs({ options, allowPositionals: false }).values
  } catch {
    return refuse(usage)
  }
}

const originOf = (url: string | undefined): string => {
  if (url === undefined || !/^https?:/.test(url) || !URL.canParse(url)) return refuse(usage)
  return new URL(url).origin
}

const chosen = (only: readonly string[] | undefined): readonly Attack[] =>
  only?.map(
    (id) => findAttack(id) ?? refuse(`There is no attack ${id}. They are: ${attacks.map((row) => row.id).join(', ')}`),
  ) ?? attacks

const runAll = async (door: Door, token: string, rows: readonly Attack[]): Promise<Outcome[]> => {
  const prepared = await prepareRun(door, token, now())
  if (!prepared.ok) return refuse(prepared.problem)
  console.log(tableHead)
  const outcomes: Outcome[] = []
  for (const row of rows) {
    const outcome = await runAttack(prepared.aim, row)
    outcomes.push(outcome)
    if (process.stderr.isTTY) process.stderr.write(`\r${outcomes.length}/${rows.length} `)
    console.log(tableLine(outcome))
  }
  return outcomes
}

const run = async (): Promise<number> => {
  const { url, json, junit, only, 'cookie-file': cookieFile } = readWords()
  const door = { origin: originOf(url) }
  const rows = chosen(only)
  const { token, giveBack } = await borrowSession(door, cookieFile, process.env)
  const outcomes = await runAll(door, token, rows).finally(giveBack)
  const counts = countsOf(outcomes)
  console.log(summaryOf(counts))
  if (json) await writeFile(json, jsonReport(door.origin, outcomes))
  if (junit) await writeFile(junit, junitReport(door.origin, outcomes))
  return counts.faulty === 0 ? 0 : 1
}

/** One line, whatever it was: a refused connection has an empty message and a code. */
const lineOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? String(error.code) : ''
  return error instanceof AppError ? error.message : `The app cannot be reached: ${error.message || code}`
}

process.exitCode = await run().catch((error: unknown) => {
  console.error(lineOf(error))
  return 2
})
