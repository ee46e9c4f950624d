// No repository function is left out of the contract: each is called in this folder, which runs on both engines.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const here = dirname(fileURLToPath(import.meta.url))
const sources = (folder: string) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map(({ name }) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))

/** Exported functions whose first argument is the database. */
const repositoryFunction = /^export const (\w+) = (?:async )?\(\s*(?:\{[^}]*\}|\w+): Db\b/gm

test('every repository function is called by the contract', () => {
  const contract = sources(here)
    .map(({ text }) => text)
    .join('\n')
  const functions = sources(join(here, '..'))
    .filter(({ name }) => !name.endsWith('.test.ts'))
    .flatMap(({ text }) => [...text.matchAll(repositoryFunction)].map(([, name = '']) => name))
  expect(functions.length).toBeGreaterThan(30)
  const missing = functions.filter((name) => !contract.includes(`${name}(`))
  expect(missing, 'write a test of these in lib/db/contract').toEqual([])
})
