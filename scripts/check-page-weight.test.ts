// The budget of a page's own JavaScript, against folders as Next writes them.
import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../lib/db/testing/temporary-database'
import { checkPageWeight, pageBudget, weighPages } from './check-page-weight.mjs'

/** Next's own script is far above the budget: it must not count. @param own bytes of the one page's script */
const builtWith = (own: number | null): string => {
  const folder = temporaryFolder()
  const write = (file: string, content: string | Buffer) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), content)
  }
  const [next, page] = ['static/chunks/next.js', 'static/chunks/page.js']
  write('build-manifest.json', JSON.stringify({ rootMainFiles: [next], polyfillFiles: [] }))
  write('server/app/page.js', '')
  write(next, randomBytes(4 * pageBudget))
  if (own === null) return folder
  write(page, randomBytes(own))
  const entryJSFiles = { '[project]/app/layout': [next, page], '[project]/app/sign-in/page': [page] }
  const manifest = JSON.stringify({ clientModules: {}, entryJSFiles })
  const code = `globalThis.__RSC_MANIFEST = globalThis.__RSC_MANIFEST || {}; globalThis.__RSC_MANIFEST["/sign-in/page"] = ${manifest}`
  write('server/app/sign-in/page_client-reference-manifest.js', code)
  return folder
}

test('a page within its budget passes, each of its scripts counted once', () => {
  const folder = builtWith(pageBudget - 1000)
  checkPageWeight(folder)
  const [{ page, bytes } = { page: '', bytes: 0 }, ...others] = weighPages(folder)
  expect([page, others]).toEqual(['/sign-in', []])
  expect(bytes).toBeGreaterThan(pageBudget - 1000)
  expect(bytes).toBeLessThan(pageBudget)
})

test('a page above its budget stops the build by name', () => {
  expect(() => checkPageWeight(builtWith(pageBudget + 1))).toThrow(/\/sign-in \d+/)
})

test('a build without any page is none that could be weighed', () => {
  expect(() => checkPageWeight(builtWith(null))).toThrow('changed its form')
})
