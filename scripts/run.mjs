// Runs other programs with their output in plain sight, and says each 15 s that a quiet one is still at work.
import { spawn } from 'node:child_process'
import { Stop } from './stop.mjs'

/** @param {number} since */
export const secondsSince = (since) => `${Math.round((performance.now() - since) / 1000)} s`

/**
 * @param {string} what the step, as people call it
 * @param {readonly string[]} command program and arguments; `node` is the one that runs this
 * @param {{ env?: Record<string, string>, patient?: string }} [options] `patient`: what to say each 15 s
 * @returns {Promise<boolean>} whether it ended well
 */
export const run = (what, [program = '', ...args], { env = {}, patient } = {}) =>
  new Promise((resolve) => {
    const started = performance.now()
    const child = spawn(program === 'node' ? process.execPath : program, args, {
      stdio: 'inherit',
      env: { ...process.env, ...env },
    })
    const passOn = () => child.kill('SIGTERM')
    process.once('SIGTERM', passOn)
    const beat = patient && setInterval(() => console.log(`… ${patient} (${secondsSince(started)})`), 15_000)
    const end = (/** @type {boolean} */ well) => {
      clearInterval(beat || undefined)
      process.off('SIGTERM', passOn)
      resolve(well)
    }
    child.on('error', () => {
      console.error(`${what}: ${program} could not be started.`)
      end(false)
    })
    child.on('exit', (code) => end(code === 0))
  })

/** The same, and a failure ends the script in one line. @type {(...args: Parameters<typeof run>) => Promise<void>} */
export const runOrFail = async (what, command, options) => {
  if (!(await run(what, command, options))) throw new Stop(`${what} failed: see above.`)
}

/** A program of node_modules/.bin, without a shell, on every system. @param {string} path @param {string[]} args */
export const installed = (path, ...args) => ['node', `node_modules/${path}`, ...args]

/** npm, the one that runs this script where there is one. @param {string[]} args */
export const npm = (...args) => {
  const running = process.env.npm_execpath
  return running?.endsWith('.js') ? ['node', running, ...args] : ['npm', ...args]
}
