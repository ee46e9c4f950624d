// From the sources of an app to its production build in bench/.work, skipped where it is there already.
import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import type { Subject } from '../subjects/subject'
import { say } from './say'

const project = resolve(import.meta.dirname, '../..')
const work = join(project, 'bench/.work')
const marker = '.bench-built'

/** What a build or a start needs: no tests, no commands of ours, and nothing that was built. */
const belongs = (path: string) =>
  !/\.test\.tsx?$|^scripts\/.*\.ts$|(?:^|\/)(?:node_modules|\.next|testing)(?:\/|$)/.test(relative(project, path))

type Source = { from: string; to: string }

const sourcesOf = ({ layers, product = [] }: Subject): Source[] => [
  ...product.map((path) => ({ from: join(project, path), to: path })),
  ...layers.map((layer) => ({ from: join(project, 'bench/apps', layer), to: '' })),
]

const filesUnder = (path: string): string[] =>
  statSync(path).isFile()
    ? [path]
    : readdirSync(path, { recursive: true, encoding: 'utf8' })
        .map((name) => join(path, name))
        .filter((file) => belongs(file) && statSync(file).isFile())
        .sort()

const fingerprint = (sources: readonly Source[], alike: readonly string[]): string => {
  const hash = createHash('sha256').update(process.versions.node)
  for (const file of [...sources.flatMap(({ from }) => filesUnder(from)), ...alike])
    hash.update(`\0${file}\0`).update(readFileSync(file))
  return hash.digest('hex')
}

/** Runs a program quietly; what it said is told only when it fails. */
const run = (what: string, folder: string, program: string, ...args: string[]): Promise<void> =>
  new Promise((done, fail) => {
    let said = ''
    const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' }
    const child = spawn(program, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const output of [child.stdout, child.stderr]) output.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.on('error', fail)
    child.on('exit', (code) => (code === 0 ? done() : fail(new Error(`${what} failed:\n${said}`))))
  })

/** The compiled driver is the project's own: compiling it takes two minutes, and it is the same version. */
const bringDriver = (folder: string): void => {
  const driver = 'node_modules/better-sqlite3/build/Release/better_sqlite3.node'
  if (!existsSync(join(folder, 'node_modules/better-sqlite3'))) return
  const versionIn = (root: string): string =>
    JSON.parse(readFileSync(join(root, 'node_modules/better-sqlite3/package.json'), 'utf8')).version
  if (versionIn(folder) === versionIn(project)) cpSync(join(project, driver), join(folder, driver))
  else execFileSync('npm', ['rebuild', 'better-sqlite3'], { cwd: folder, stdio: 'ignore' })
}

/** Installs by lockfile, without install scripts; again only when the lockfile is another. */
const install = async (name: string, folder: string, kept: string): Promise<void> => {
  const lockfile = readFileSync(join(folder, 'package-lock.json'), 'utf8')
  if (kept === lockfile) return
  say(`${name}: installing its packages`)
  await run(`npm ci of ${name}`, folder, 'npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund')
  bringDriver(folder)
}

const lockfileIn = (folder: string): string => {
  const path = join(folder, 'node_modules/.bench-lockfile')
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

/** @returns the folder of the built app */
export const prepare = async (subject: Subject): Promise<string> => {
  const { name, product } = subject
  const folder = join(work, name)
  const sources = sourcesOf(subject)
  const sum = fingerprint(sources, product ? [join(project, 'package-lock.json')] : [])
  const mark = join(folder, marker)
  if (existsSync(mark) && readFileSync(mark, 'utf8') === sum) return folder
  mkdirSync(folder, { recursive: true })
  for (const left of readdirSync(folder)) if (left !== 'node_modules') rmSync(join(folder, left), { recursive: true })
  for (const { from, to } of sources) cpSync(from, join(folder, to), { recursive: true, filter: belongs })
  // What is built of the project finds its packages in the folder above.
  if (!product) {
    await install(name, folder, lockfileIn(folder))
    writeFileSync(join(folder, 'node_modules/.bench-lockfile'), readFileSync(join(folder, 'package-lock.json'), 'utf8'))
  }
  say(`${name}: building`)
  const next = join(product ? project : folder, 'node_modules/next/dist/bin/next')
  await run(`next build of ${name}`, folder, process.execPath, next, 'build')
  writeFileSync(mark, sum)
  return folder
}
