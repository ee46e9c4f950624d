// The import boundaries: what middleware.ts really reaches, and that Biome's rules bite.
import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, normalize, relative, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')

const withoutComments = (source: string) => source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')

/** Modules that a source loads at run time: imports and re-exports of types alone are left out. */
const importsOf = (source: string): string[] => {
  const text = withoutComments(source)
  const named = [...text.matchAll(/^\s*(?:import|export)\s+(?!type\b)([^'"`;]*?)\s*from\s*['"]([^'"]+)['"]/gm)]
    .filter(([, names = '']) => !/^\{(?:\s*type\s+[^,}]+,?)+\s*\}$/.test(names.trim()))
    .map((found) => found[2])
  const bare = [...text.matchAll(/(?:\bimport\s*\(|^\s*import)\s*['"]([^'"]+)['"]/gm)].map((found) => found[1])
  return [...named, ...bare].filter((name) => name !== undefined)
}

const fileOf = (name: string, from: string): string | null => {
  const base = name.startsWith('@/')
    ? name.slice(2)
    : name.startsWith('.')
      ? normalize(join(dirname(from), name))
      : null
  if (base === null) return null
  const file = [base, `${base}.ts`, `${base}.tsx`].find((path) => /\.tsx?$/.test(path) && existsSync(join(root, path)))
  if (!file) throw new Error(`${from} imports ${name}, which is not there.`)
  return relative('.', file)
}

const reachedFrom = (entry: string) => {
  const files = new Set<string>()
  const packages = new Set<string>()
  const walk = (file: string) => {
    if (files.has(file)) return
    files.add(file)
    for (const name of importsOf(readFileSync(join(root, file), 'utf8'))) {
      const next = fileOf(name, file)
      if (next === null) packages.add(name)
      else walk(next)
    }
  }
  walk(entry)
  return { files: [...files], packages: [...packages] }
}

describe('what middleware.ts reaches', () => {
  const { files, packages } = reachedFrom('middleware.ts')

  it('is lib/edge, lib/core, lib/env, lib/clock and lib/within alone', () => {
    const ours = /^(?:middleware\.ts|lib\/edge\/[\w-]+\.ts|lib\/core\/[\w-]+\.ts|lib\/(?:env|clock|within)\.ts)$/
    expect(files.filter((file) => !ours.test(file))).toEqual([])
    expect(files).toEqual(expect.arrayContaining(['lib/edge/gate.ts', 'lib/core/token.ts', 'lib/env.ts']))
  })
  it('is of packages next/server, zod and sub-paths of jose alone', () => {
    expect(packages.filter((name) => !/^(?:next\/server|zod|jose\/.+)$/.test(name))).toEqual([])
    expect(packages).toEqual(expect.arrayContaining(['next/server', 'zod']))
  })
  it('cannot mint a token', () => {
    expect(files).not.toContain('lib/core/mint.ts')
  })
  it('is read from every form of import', () => {
    const source = `import type { A } from './a'
      import { type B, type C } from './b'
      import { d, type D } from './d'
      import './e'
      export { f } from '@/f'
      export type { G } from './g'
      import {
        h,
      } from 'node:h'
      // import i from './i'
      const j = await import('./j')`
    expect(importsOf(source).sort()).toEqual(['./d', './e', './j', '@/f', 'node:h'])
  })
})

describe('what is wrong on purpose, or holds keys for tests', () => {
  const sources = ['app', 'lib', 'middleware.ts'].flatMap((place) =>
    place.endsWith('.ts')
      ? [place]
      : readdirSync(join(root, place), { recursive: true, encoding: 'utf8' }).map((file) => join(place, file)),
  )
  const built = sources.filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|(^|\/)testing\//.test(file))

  it('is imported by tests alone', () => {
    const importing = built.filter((file) =>
      importsOf(readFileSync(join(root, file), 'utf8')).some((name) => /(^|\/)testing\/|weak/.test(name)),
    )
    expect(built.length).toBeGreaterThan(200)
    expect(importing).toEqual([])
  })
})

type Diagnostic = { category: string; severity: string; message: string; location: { path: string } }

describe("Biome's rules", () => {
  let folder = ''
  let found: Map<string, string>
  const forbidden: [file: string, imported: string, message: string][] = [
    ['lib/core/a.ts', '../env', 'lib/core is pure'],
    ['lib/core/b.ts', 'node:fs', 'lib/core runs everywhere'],
    ['lib/core/c.ts', 'next/server', 'lib/core runs everywhere'],
    ['lib/core/d.ts', 'jose', 'Import a sub-path'],
    ['lib/core/e.ts', '@/lib/db/users', 'lib/core is pure'],
    ['lib/edge/a.ts', '../db/users', 'lib/edge imports'],
    ['lib/edge/b.ts', 'better-sqlite3', 'Only lib/db knows'],
    ['lib/edge/c.ts', '../core/mint', 'must not be able to mint'],
    ['lib/edge/d.ts', 'node:crypto', 'of Node nothing'],
    ['lib/edge/e.ts', 'next/headers', 'of Next it has next/server'],
    ['lib/edge/f.ts', '../log', 'lib/edge imports'],
    ['lib/edge/g.ts', '@/lib/core/mint', 'must not be able to mint'],
    ['middleware.ts', './lib/web/session', 'middleware.ts imports'],
    ['lib/db/a.ts', '../auth/sign-in', 'lib/db imports'],
    ['lib/db/b.ts', 'jose/jwt/sign', 'handle tokens'],
    ['lib/auth/a.ts', '../web/cookies', 'lib/auth imports'],
    ['lib/auth/b.ts', 'next/headers', 'lib/auth knows no Next'],
    ['lib/auth/c.ts', 'drizzle-orm', 'Only lib/db knows'],
    ['lib/auth/d.ts', 'pg', 'Only lib/db knows'],
    ['lib/mail/a.ts', '../db/users', 'lib/mail imports'],
    ['lib/web/a.ts', 'jose/jwt/verify', 'handle tokens'],
    ['lib/web/b.ts', '../edge/gate', 'lib/web imports'],
    ['lib/lab/a.ts', './testing/weak', 'for tests alone'],
    ['lib/lab/attacks/a.ts', '../../core/testing/weak-verifiers', 'for tests alone'],
    ['app/a/page.tsx', '@/lib/db/users', 'app/ composes: it imports'],
    ['app/b/page.tsx', '../../lib/auth/sign-in', 'app/ composes: it imports'],
    ['app/b/route.ts', '@/lib/db/users', 'A handler composes'],
    ['app/c/page.tsx', '@/lib/env', 'app/ composes: it imports'],
    ['app/d/page.tsx', 'node:fs', 'no I/O of its own'],
    ['app/e/page.tsx', 'drizzle-orm/sqlite-core', 'Only lib/db knows'],
  ]
  const allowed: [file: string, imported: string][] = [
    ['lib/core/ok-a.ts', './claims'],
    ['lib/core/ok-b.ts', 'jose/jws/compact/verify'],
    ['lib/edge/ok-a.ts', '../core/token'],
    ['lib/edge/ok-b.ts', 'next/server'],
    ['lib/edge/ok-c.ts', '../env'],
    ['lib/db/ok-a.ts', 'drizzle-orm/better-sqlite3'],
    ['lib/db/schema/ok-a.ts', '../../core/rotation'],
    ['lib/auth/ok-a.ts', '../mail/post'],
    ['lib/auth/ok-b.ts', 'jose/jwe/compact/encrypt'],
    ['lib/web/ok-a.ts', '../db/client'],
    ['lib/web/ok-b.ts', 'next/headers'],
    ['app/ok-a/page.tsx', '@/lib/web/session'],
    ['app/ok-a/route.ts', '@/lib/auth/sign-in'],
    ['app/ok-b/page.tsx', '../_components/button'],
    ['app/ok-c/page.tsx', 'next/link'],
    ['lib/auth/ok-a.test.ts', '../web/cookies'],
  ]

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'handstamp-biome-'))
    copyFileSync(join(root, 'biome.json'), join(folder, 'biome.json'))
    copyFileSync(join(root, '.gitignore'), join(folder, '.gitignore'))
    for (const [file, imported] of [...forbidden, ...allowed]) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), `import * as x from '${imported}'\n\nexport const y = x\n`)
    }
    const program = join(root, 'node_modules/@biomejs/biome/bin/biome')
    const args = [program, 'lint', '--reporter=json', '--max-diagnostics=none', '.']
    let output = ''
    try {
      output = execFileSync(process.execPath, args, {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      })
    } catch (error) {
      output = error instanceof Error && 'stdout' in error ? String(error.stdout) : ''
    }
    const { diagnostics }: { diagnostics: Diagnostic[] } = JSON.parse(output)
    const ours = diagnostics.filter(
      ({ category, severity }) => category === 'lint/style/noRestrictedImports' && severity === 'error',
    )
    found = new Map(ours.map(({ location, message }) => [location.path, message]))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each(forbidden)('%s may not import %s', (file, _, message) => {
    expect(found.get(file)).toContain(message)
  })
  it.each(allowed)('%s may import %s', (file) => {
    expect(found.get(file)).toBeUndefined()
  })
})
