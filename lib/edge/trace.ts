// Watches the gate at work on one request of the lab: each step as it is passed, and how long it took.
import { elapsed, now } from '../clock'
import { deriveTraceKey, type GateStep, type GateTrace, sealTrace } from '../core/gate-trace'
import type { Env } from '../env'

export type Watcher = {
  passed: (step: GateStep) => void
  /** The header by which the lab's page gets to know it. @param look what the gate made of the token */
  tell: (look: string) => Promise<string>
}

let key: Promise<CryptoKey> | undefined

export const watch = ({ AUTH_SECRET }: Env): Watcher => {
  const steps: GateTrace['steps'][number][] = []
  let last = elapsed()
  return {
    passed: (name) => {
      const at = elapsed()
      steps.push({ name, micros: Math.round((at - last) * 1000) })
      last = at
    },
    tell: async (look) => {
      key ??= deriveTraceKey(AUTH_SECRET)
      return sealTrace(await key, { at: now(), steps, look })
    },
  }
}
