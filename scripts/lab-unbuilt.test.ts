// What LAB=off leaves out of a build: every page and handler of the lab, and with them all that only they import.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => /\.tsx?$/.test(file))
const ofLab = (file: string) => /^(?:app|app\/api|lib)\/lab\//.test(file)

/** Next's own names of files: whatever is called so is built. */
const special = /\/(?:page|layout|route|template|default|loading|error|not-found)(\.lab)?\.tsx?$/

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

it.each([
  ['off', ['tsx', 'ts']],
  ['on', ['tsx', 'ts', 'lab.tsx', 'lab.ts']],
  ['public', ['tsx', 'ts', 'lab.tsx', 'lab.ts']],
])('with LAB=%s pages end in %s', async (LAB, endings) => {
  vi.stubEnv('LAB', LAB)
  const { default: config } = await import('../next.config.js')
  expect(config.pageExtensions).toEqual(endings)
})

it('every page, layout and handler of the lab has an ending that LAB=off leaves out', () => {
  const built = ['app/lab', 'app/api/lab'].flatMap(filesIn).filter((file) => special.test(file))
  expect(built.length).toBeGreaterThan(10)
  expect(built.filter((file) => special.exec(file)?.[1] !== '.lab')).toEqual([])
})

it('nothing outside of the lab imports what is in it', () => {
  const others = ['app', 'lib'].flatMap(filesIn).filter((file) => !ofLab(file) && !file.endsWith('.test.ts'))
  expect(others.length).toBeGreaterThan(200)
  const importing = others.filter((file) =>
    /from '(?:@\/(?:lib|app)|[./]+)(?:\/[\w-]+)*\/?lab\//.test(readFileSync(join(root, file), 'utf8')),
  )
  expect(importing).toEqual([])
})
