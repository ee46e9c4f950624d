// One core for the server and one for the client, where the system has two and lets us choose.
import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

const canPin = (): boolean => availableParallelism() >= 2 && spawnSync('taskset', ['--version']).status === 0

export type Cores = {
  /** Program and arguments → the same on the server's core. */
  forServer: (command: readonly string[]) => string[]
  pinned: boolean
}

/** Moves this process, which is the client, to its own core. What it starts unwrapped from now on stays there too. */
export const takeCores = (): Cores => {
  if (!canPin()) return { forServer: (command) => [...command], pinned: false }
  spawnSync('taskset', ['-acp', '1', String(process.pid)], { stdio: 'ignore' })
  return { forServer: (command) => ['taskset', '-c', '0', ...command], pinned: true }
}
