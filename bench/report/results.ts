// What one run of the bench has found. Figures of time are ratios within the run unless their name says otherwise.
import type { Machine } from '../measure/machine'

export type PageRow = {
  name: string
  label: string
  how: string
  /** CPU per request, the bare page being 1. */
  cpu: number
  /** CPU that it adds to a request, in bare pages. */
  added: number
  /** Requests per second, the bare page being 1. */
  throughput: number
  /** Latencies against those of the bare page, each at its own percentile. */
  p50: number
  p95: number
  p99: number
  /** How far the middle half of the rounds is apart, as a share. */
  spread: number
  cookieBytes: number
  /** Milliseconds of CPU per request on this machine. */
  cpuMs: number
}

/** Handstamp against the empty middleware with the bare page: CPU and number of requests. */
export type GateRow = { cpu: number; throughput: number; spread: number }

/** One measurement beside its limit. */
export type Beside = {
  name: string
  limit: string
  /** Operations per second, ours against the limit. */
  ratio: number
  spread: number
  /** Operations per second on this machine. */
  own: number
  base: number
}

export type SizeRow = { sessions: number /** CPU per request against ten sessions. */; cpu: number; spread: number }
export type StormRow = {
  quietMs: number
  stormMs: number
  ratio: number
  signedIn: number
  refused: number
  /** Requests to the gate whose connection was cut. */
  lost: number
}
export type ScriptRow = { page: string; gzip: number /** Above the bare page. */; own: number }

export type Results = {
  machine: Machine
  quick: boolean
  pages?: PageRow[]
  gate?: GateRow
  beside?: Beside[]
  storm?: StormRow
  sizes?: SizeRow[]
  scripts?: ScriptRow[]
}
