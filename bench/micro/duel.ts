// Two sides, each in a process of its own, working in turn: ours, the limit, ours again.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median, pairedRatio, spread } from '../measure/figures'
import type { Beside } from '../report/results'
import { authSecret } from '../subjects/handstamp'
import type { Done } from './side'

/** Which export of which module, and where it may keep its files. */
export type Named = { module: string; name: string }

export type Duel = {
  name: string
  own: Named
  base: Named
  limit: string
  /** What is the scarce thing: CPU where the work is computing, time where it waits for a disk or shares threads. */
  per: 'cpu' | 'time'
  postgres?: string
}

export type DuelPace = { rounds: number; milliseconds: number }

const startWorker = async ({ module, name }: Named, postgres: string | undefined) => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-micro-'))
  const place = JSON.stringify({ folder, ...(postgres && { postgres }) })
  const child = fork(join(import.meta.dirname, 'worker.ts'), [module, name, place], {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, NODE_ENV: 'production', AUTH_SECRET: authSecret },
  })
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  const answer = async <T>(): Promise<T> => {
    const [said] = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(([code]) => Promise.reject(new Error(`${name} ended with ${code}`))),
    ])
    return said
  }
  await answer()
  return {
    work: (milliseconds: number): Promise<Done> => {
      const done = answer<Done>()
      child.send(milliseconds)
      return done
    },
    stop: async () => {
      process.off('exit', end)
      const gone = once(child, 'exit')
      child.disconnect()
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const rounded = (figure: number) => Number(figure.toPrecision(4))

/** Operations per second of the scarce thing, ours against the limit's. */
export const fight = async (duel: Duel, { rounds, milliseconds }: DuelPace): Promise<Beside> => {
  const own = await startWorker(duel.own, duel.postgres)
  const base = await startWorker(duel.base, duel.postgres)
  const rateOf = ({ count, seconds, cpuSeconds }: Done) => count / (duel.per === 'cpu' ? cpuSeconds : seconds)
  const rates: { own: number[]; base: number[] } = { own: [], base: [] }
  try {
    for (const side of [own, base]) await side.work(2 * milliseconds)
    for (let i = 0; i < rounds; i++) {
      rates.base.push(rateOf(await base.work(milliseconds)))
      rates.own.push(rateOf(await own.work(milliseconds)))
    }
  } finally {
    await Promise.all([own.stop(), base.stop()])
  }
  return {
    name: duel.name,
    limit: duel.limit,
    ratio: rounded(pairedRatio(rates)),
    spread: rounded(spread(rates)),
    own: Math.round(median(rates.own)),
    base: Math.round(median(rates.base)),
  }
}
