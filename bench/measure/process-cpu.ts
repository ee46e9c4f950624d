// CPU that the system has counted for a process and all that it started, from /proc: user and system time, seconds.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

type Counted = { pid: number; parent: number; ticks: number }

/** One /proc/PID/stat. The name in parentheses may hold anything; what follows the last one is numbered. */
export const parseStat = (stat: string): Counted => {
  const rest = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const at = (field: number) => Number(rest[field - 3])
  // utime and stime, and those of children that are gone and were waited for: proc(5), fields 14 to 17.
  return { pid: Number.parseInt(stat, 10), parent: at(4), ticks: at(14) + at(15) + at(16) + at(17) }
}

const allProcesses = (): Counted[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))]
      } catch {
        return [] // It ended while we looked.
      }
    })

/** Ticks of `root` and whatever descends from it. */
export const ticksOfTree = (processes: readonly Counted[], root: number): number => {
  const own = processes.find(({ pid }) => pid === root)
  if (!own) throw new Error(`Process ${root} is gone`)
  const children = processes.filter(({ parent }) => parent === root)
  return children.reduce((sum, { pid }) => sum + ticksOfTree(processes, pid), own.ticks)
}

let perSecond: number | undefined
const ticksPerSecond = (): number => {
  perSecond ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))
  return perSecond
}

export const cpuSeconds = (root: number): number => ticksOfTree(allProcesses(), root) / ticksPerSecond()
