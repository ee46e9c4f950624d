// The gate while 500 people sign in at once: one request after the other, each of which the gate verifies and answers by
// itself, on a quiet server and in the storm. Nothing is pinned: whether hashing leaves the gate a core is the question.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { enrol, openInstallation } from '../micro/installation'
import type { StormRow } from '../report/results'
import { handstamp } from '../subjects/handstamp'
import { password } from '../subjects/subject'
import { median, percentile } from './figures'
import { say } from './say'
import { startServer } from './server'

const stormSize = 500
const unpinned = { forServer: (command: readonly string[]) => [...command] }

/** What the storm's own process is told, and what it says when all are answered. */
export type StormOrder = { url: string; emails: readonly string[]; password: string }
export type StormReport = { signedIn: number; refused: number }

/** At an address where no handler is the gate answers a good token by 404 itself, and any other by 401. */
const askGate = async (url: string, cookie: string): Promise<void> => {
  const response = await fetch(`${url}/api/nothing-is-here`, { headers: { cookie } })
  await response.arrayBuffer()
  if (response.status !== 404) throw new Error(`The gate answered ${response.status} to a good token`)
}

type Asked = { latencies: number[] /** Requests whose connection was cut before an answer. */; lost: number }

const isCut = (error: unknown) => error instanceof TypeError && Object(error.cause).code === 'ECONNRESET'

/** A cut connection is as long a wait as it lasted, and is said. */
const askWhile = async (url: string, cookie: string, goesOn: () => boolean): Promise<Asked> => {
  const asked: Asked = { latencies: [], lost: 0 }
  while (goesOn()) {
    const started = performance.now()
    await askGate(url, cookie).catch((error: unknown) => {
      if (!isCut(error)) throw error
      asked.lost++
    })
    asked.latencies.push(performance.now() - started)
  }
  return asked
}

const unleash = async (order: StormOrder) => {
  const child = fork(join(import.meta.dirname, 'storm-crowd.ts'), { execArgv: ['--import', 'tsx'] })
  await once(child, 'message')
  return async (): Promise<StormReport> => {
    const report = once(child, 'message')
    child.send(order)
    const [said] = await report
    child.disconnect()
    return said
  }
}

const people = async (data: string): Promise<string[]> => {
  const context = await openInstallation({ folder: data })
  if (context.db.engine === 'sqlite') context.db.driver.pragma('synchronous = OFF')
  const hash = await context.hashing.hash(password)
  const emails: string[] = []
  for (let i = 0; i < stormSize; i++) emails.push((await enrol(context, hash)).user.email)
  await context.db.close()
  return emails
}

type Storm = Omit<StormRow, 'ratio'>

const blow = async (folder: string): Promise<Storm> => {
  const data = mkdtempSync(join(tmpdir(), 'bench-storm-'))
  const emails = await people(data)
  const env = { TRUSTED_PROXIES: '127.0.0.1,::1' }
  const server = await startServer(handstamp, folder, { cores: unpinned, data, env })
  try {
    const { cookie } = await handstamp.signIn(server.url)
    const until = performance.now() + 6000
    const warm = performance.now() + 3000
    await askWhile(server.url, cookie, () => performance.now() < warm)
    const quiet = await askWhile(server.url, cookie, () => performance.now() < until)
    const begin = await unleash({ url: server.url, emails, password })
    let over = false
    const storm = begin().finally(() => {
      over = true
    })
    const { latencies, lost } = await askWhile(server.url, cookie, () => !over)
    const [quietMs, stormMs] = [percentile(quiet.latencies, 0.99), percentile(latencies, 0.99)]
    return { quietMs, stormMs, lost, ...(await storm) }
  } finally {
    await server.stop()
    rmSync(data, { recursive: true, force: true })
  }
}

export const measureStorm = async (folder: string, rounds: number): Promise<StormRow> => {
  say(`${stormSize} sign-ins at once`)
  const storms: Storm[] = []
  for (let i = 0; i < rounds; i++) storms.push(await blow(folder))
  const middle = (of: (storm: Storm) => number) => Number(median(storms.map(of)).toPrecision(4))
  return {
    quietMs: middle(({ quietMs }) => quietMs),
    stormMs: middle(({ stormMs }) => stormMs),
    ratio: middle(({ quietMs, stormMs }) => stormMs / quietMs),
    signedIn: Math.round(middle(({ signedIn }) => signedIn)),
    refused: Math.round(middle(({ refused }) => refused)),
    lost: Math.round(middle(({ lost }) => lost)),
  }
}
