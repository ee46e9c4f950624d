// A row of named steps: each is announced, timed and, when it fails, the last.
import { runOrFail, secondsSince } from './run.mjs'
import { Stop } from './stop.mjs'

/** @typedef {{ name: string, time: string }} Done */

/** @returns {{ step: (name: string, work: () => Promise<void>) => Promise<void>, summary: () => string }} */
export const openSteps = () => {
  /** @type {Done[]} */
  const done = []
  const summary = () => done.map(({ name, time }) => `  ${name.padEnd(16)} ${time}`).join('\n')
  return {
    summary,
    step: async (name, work) => {
      console.log(`\n── ${name}`)
      const started = performance.now()
      try {
        await work()
      } catch (error) {
        const before = done.length > 0 ? `\nPassed before it:\n${summary()}` : ''
        const why = error instanceof Stop ? error.message : String(error)
        throw new Stop(`\nStopped at "${name}" after ${secondsSince(started)}. ${why}${before}`)
      }
      done.push({ name, time: secondsSince(started) })
    },
  }
}

/** A step that is one program. @param {ReturnType<typeof openSteps>} steps */
export const programSteps =
  ({ step }) =>
  /** @param {string} name @param {readonly string[]} command @param {Record<string, string>} [env] */
  (name, command, env = {}) =>
    step(name, () => runOrFail(name, command, { env }))
