// What was built: the gate on the edge, and no secret of this machine in the artefact.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../fixtures/test'

const filesUnder = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

test('the built middleware runs on the edge', async () => {
  const manifest = JSON.parse(await readFile('.next/server/middleware-manifest.json', 'utf8'))
  expect(Object.keys(manifest.middleware)).toEqual(['/'])
  expect(manifest.middleware['/'].files.length).toBeGreaterThan(0)
  for (const file of manifest.middleware['/'].files) {
    const text = await readFile(join('.next', file), 'utf8')
    expect(text).not.toMatch(/better-sqlite3|drizzle-orm|node:(crypto|fs)/)
  }
})

test('nothing of the server is in what browsers load', async () => {
  for (const file of (await filesUnder('.next/static')).filter((name) => name.endsWith('.js'))) {
    expect(await readFile(file, 'utf8'), file).not.toMatch(/AUTH_SECRET|better-sqlite3|handstamp-at/)
  }
})

test('the secret that the build was given is in no built file', async () => {
  const canary = /canary = '(.+)'/.exec(await readFile('scripts/build.mjs', 'utf8'))?.[1] ?? ''
  expect(canary).not.toBe('')
  for (const file of await filesUnder('.next')) {
    // What the bundler keeps for the next build is not served.
    if (file.includes('/cache/')) continue
    expect((await readFile(file)).includes(canary), file).toBe(false)
  }
})

test('nothing of the bench is built, nor traced as something that a server needs', async () => {
  const traces = (await filesUnder('.next/server')).filter((name) => name.endsWith('.nft.json'))
  expect(traces.length).toBeGreaterThan(0)
  for (const trace of traces) {
    const { files }: { files: string[] } = JSON.parse(await readFile(trace, 'utf8'))
    expect(
      files.filter((file) => /^(?:\.\.\/)+bench\//.test(file)),
      trace,
    ).toEqual([])
  }
})

test('the hook of the tests is in no built file', async () => {
  for (const file of await filesUnder('.next/server')) {
    expect((await readFile(file)).includes('__test/clock'), file).toBe(false)
  }
})
