// What the system counts for a tree of processes.
import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { cpuSeconds, parseStat, ticksOfTree } from './process-cpu'

/** Fields 1 to 17 of proc(5): pid, name, state, parent, and so on to the four times. */
const stat = (pid: number, name: string, parent: number, times: readonly number[]) =>
  `${pid} (${name}) S ${parent} 1 1 0 -1 4194560 10 0 0 0 ${times.join(' ')} 20 0 1 0 100 1000 50`

test('a line of stat is read behind a name with blanks and parentheses', () => {
  expect(parseStat(stat(7, 'next-server (v16) 1 2', 3, [10, 20, 1, 2]))).toEqual({ pid: 7, parent: 3, ticks: 33 })
})

test('a tree counts its children and theirs, and nobody else', () => {
  const processes = [
    { pid: 1, parent: 0, ticks: 1000 },
    { pid: 2, parent: 1, ticks: 1 },
    { pid: 3, parent: 2, ticks: 10 },
    { pid: 4, parent: 3, ticks: 100 },
  ]
  expect(ticksOfTree(processes, 2)).toBe(111)
})

test('a process that is gone is said, not counted as idle', () => {
  expect(() => ticksOfTree([], 2)).toThrow('Process 2 is gone')
})

test.runIf(process.platform === 'linux')('work that a child did is counted with its parent', () => {
  const before = cpuSeconds(process.pid)
  spawnSync(process.execPath, ['-e', 'const end = Date.now() + 400; while (Date.now() < end);'])
  expect(cpuSeconds(process.pid) - before).toBeGreaterThan(0.1)
})
