// A built app, started in production mode on a free port, with a folder for its data; gone afterwards.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Subject } from '../subjects/subject'
import type { Cores } from './cores'
import { cpuSeconds } from './process-cpu'

export type Server = {
  url: string
  data: string
  pid: number
  /** CPU that it and its children have taken so far, seconds. */
  cpu: () => number
  stop: () => Promise<void>
}

export type Start = {
  cores: Pick<Cores, 'forServer'>
  env?: Record<string, string>
  /** Arguments of Node itself, such as a profiler's. */
  nodeOptions?: readonly string[]
  /** A data folder that is there already; it is kept. */
  data?: string
}

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0)
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  if (address === null || typeof address === 'string') throw new Error('There is no free port')
  return address.port
}

const answers = (url: string): Promise<boolean> =>
  fetch(url, { redirect: 'manual' }).then(
    () => true,
    () => false,
  )

/** @param folder as prepare() gives it */
export const startServer = async (subject: Subject, folder: string, start: Start): Promise<Server> => {
  const port = await freePort()
  const data = start.data ?? mkdtempSync(join(tmpdir(), `bench-${subject.name}-`))
  if (!start.data) await subject.setUp?.(data, folder)
  const [program = '', ...args] = start.cores.forServer([
    process.execPath,
    ...(start.nodeOptions ?? []),
    ...subject.serve(port),
  ])
  const env = { NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1', BETTER_AUTH_TELEMETRY: '0' }
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, ...env, ...subject.env(port, data), ...start.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const output of [child.stdout, child.stderr]) output.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const { pid } = child
  if (pid === undefined) throw new Error(`${program} could not be started`)
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  const url = `http://localhost:${port}`
  for (let i = 0; !(await answers(url)); i++) {
    if (child.exitCode !== null || i > 300) throw new Error(`${subject.name} did not start: ${said}`)
    await sleep(100)
  }
  return {
    url,
    data,
    pid,
    cpu: () => cpuSeconds(pid),
    stop: async () => {
      process.off('exit', end)
      if (child.exitCode === null) {
        child.kill('SIGTERM')
        await once(child, 'exit')
      }
      if (!start.data) rmSync(data, { recursive: true, force: true })
    },
  }
}
