// Rounds of load, pair by pair: one server, then the other, then the first again. What disturbs one disturbs its neighbour.
import type { SignedIn } from '../subjects/subject'
import { median, pairedRatio, percentile, spread } from './figures'
import { type Amount, load } from './load'
import type { Server } from './server'

export type Pace = {
  rounds: number
  milliseconds: number
  /** Requests before the first round: as many for both, so that both are compiled as far. */
  warmUp: number
  connections: number
}

/** A server and whoever is signed in to it. */
export type Side = { server: Server; people: readonly SignedIn[] }

export type Round = {
  /** Milliseconds of CPU per request. */
  cpu: number
  /** Requests per second. */
  rate: number
  latencies: number[]
}

export type Figures = { cpu: number; rate: number; p50: number; p95: number; p99: number; requests: number }

export type Pair = {
  base: Figures
  own: Figures
  /** Of CPU per request: own against base, round by round. */
  ratio: number
  spread: number
  /** Of requests per second. */
  throughput: number
}

const path = '/dashboard'

const runRound = async ({ server, people }: Side, connections: number, amount: Amount): Promise<Round> => {
  const before = server.cpu()
  const { requests, seconds, latencies } = await load(new URL(path, server.url), people, connections, amount)
  return { cpu: ((server.cpu() - before) * 1000) / requests, rate: requests / seconds, latencies }
}

const figuresOf = (rounds: readonly Round[]): Figures => {
  const latencies = rounds.flatMap((round) => round.latencies)
  return {
    cpu: median(rounds.map(({ cpu }) => cpu)),
    rate: median(rounds.map(({ rate }) => rate)),
    p50: percentile(latencies, 0.5),
    p95: percentile(latencies, 0.95),
    p99: percentile(latencies, 0.99),
    requests: latencies.length,
  }
}

const compare = (base: readonly Round[], own: readonly Round[]): Pair => {
  const cpu = { base: base.map((round) => round.cpu), own: own.map((round) => round.cpu) }
  const rate = { base: base.map((round) => round.rate), own: own.map((round) => round.rate) }
  return {
    base: figuresOf(base),
    own: figuresOf(own),
    ratio: pairedRatio(cpu),
    spread: spread(cpu),
    throughput: pairedRatio(rate),
  }
}

export const runPair = async (base: Side, own: Side, pace: Pace): Promise<Pair> => {
  const rounds: { base: Round[]; own: Round[] } = { base: [], own: [] }
  for (const side of [base, own]) await runRound(side, pace.connections, { requests: pace.warmUp })
  for (let i = 0; i < pace.rounds; i++) {
    rounds.base.push(await runRound(base, pace.connections, pace))
    rounds.own.push(await runRound(own, pace.connections, pace))
  }
  return compare(rounds.base, rounds.own)
}
