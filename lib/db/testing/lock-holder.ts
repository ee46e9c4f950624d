// Another process that holds a lock on a SQLite file for a while, as a backup, a migration or a second server does.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { projectFolder } from './temporary-database'

/** Takes the lock, says so, keeps it, lets go. The pause blocks, so that the time is kept whatever else goes on. */
const script = `
  const [file, kind, milliseconds] = process.argv.slice(1)
  const db = require('better-sqlite3')(file, { timeout: 5000 })
  db.exec('BEGIN ' + kind)
  require('node:fs').writeSync(1, 'locked')
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(milliseconds))
  db.exec('COMMIT')
`

const exitOf = async (child: ChildProcess): Promise<number | null> => {
  if (child.exitCode === null) await once(child, 'exit')
  return child.exitCode
}

/**
 * @param kind IMMEDIATE keeps other writers out, EXCLUSIVE is what a migration takes
 * @returns once the lock is held: a promise of its release
 */
export const holdLock = async (
  file: string,
  kind: 'IMMEDIATE' | 'EXCLUSIVE',
  milliseconds: number,
): Promise<{ released: Promise<void> }> => {
  const child = spawn(process.execPath, ['-e', script, file, kind, String(milliseconds)], {
    cwd: projectFolder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const released = exitOf(child).then((code) => {
    if (code !== 0) throw new Error(`The process that holds the lock failed with ${code}`)
  })
  await Promise.race([once(child.stdout, 'data'), released])
  return { released }
}

/** Runs Node in a process of its own. @param settings variables beside our own @returns its exit code and what it said */
export const runProgram = async (
  settings: Record<string, string>,
  ...args: string[]
): Promise<{ code: number | null; said: string }> => {
  const child = spawn(process.execPath, args, {
    cwd: projectFolder,
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  return { code: await exitOf(child), said }
}

/** Runs a module that is given as text in a process of its own, with TypeScript. */
export const runModule = (source: string) => runProgram({}, '--import', 'tsx', '--input-type=module', '-e', source)
