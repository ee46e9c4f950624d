// Proves from the built files that no page brings more JavaScript of its own than its budget. What Next itself brings to
// every page is not in it; docs/performance.md has both.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { Stop } from './stop.mjs'

/** Bytes, each file gzipped by itself as a server sends it. */
export const pageBudget = 12_000

const suffix = 'page_client-reference-manifest.js'

/** Scripts that a page and its layouts name, as Next notes them. @param {string} manifest @returns {string[]} */
const scriptsOf = (manifest) => {
  /** @type {{ __RSC_MANIFEST?: Record<string, { entryJSFiles?: Record<string, string[]> }> }} */
  const read = {}
  runInNewContext(`globalThis.__RSC_MANIFEST = {}; ${readFileSync(manifest, 'utf8')}`, read)
  const pages = Object.values(read.__RSC_MANIFEST ?? {})
  return [...new Set(pages.flatMap(({ entryJSFiles = {} }) => Object.values(entryJSFiles).flat()))]
}

/**
 * Every page and its own bytes, the heaviest first.
 * @param {string} folder where Next has built to
 */
export const weighPages = (folder) => {
  const { rootMainFiles, polyfillFiles } = JSON.parse(readFileSync(join(folder, 'build-manifest.json'), 'utf8'))
  const everywhere = new Set([...rootMainFiles, ...polyfillFiles])
  const app = join(folder, 'server/app')
  const weight = (/** @type {string} */ file) => gzipSync(readFileSync(join(folder, file))).length
  return readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(suffix))
    .map((name) => ({
      page: `/${name.slice(0, -suffix.length - 1)}`,
      bytes: scriptsOf(join(app, name))
        .filter((file) => !everywhere.has(file))
        .reduce((sum, file) => sum + weight(file), 0),
    }))
    .sort((one, other) => other.bytes - one.bytes)
}

/** @param {string} folder where Next has built to */
export const checkPageWeight = (folder = '.next') => {
  const pages = weighPages(folder)
  if (pages.length === 0) throw new Stop(`No page was found in ${folder}: what Next writes has changed its form.`)
  const heavy = pages.filter(({ bytes }) => bytes > pageBudget)
  if (heavy.length > 0)
    throw new Stop(
      `Too much JavaScript of their own (at most ${pageBudget} bytes in gzip): ${heavy
        .map(({ page, bytes }) => `${page} ${bytes}`)
        .join(', ')}. Load what is not needed at once by import(), or keep it on the server.`,
    )
}
