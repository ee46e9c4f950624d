// Installs what package-lock.json asks for, when node_modules does not hold it already.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { npm, run, runOrFail } from './run.mjs'
import { Stop } from './stop.mjs'

const marker = 'node_modules/.handstamp-installed'

/** @typedef {{ version?: string, optional?: boolean, dev?: boolean }} Package */

/** @param {string} file @returns {Record<string, Package>} */
const packagesIn = (file) => JSON.parse(readFileSync(file, 'utf8')).packages

/** @param {boolean} withDev */
const holdsEveryPackage = (withDev) => {
  const list = 'node_modules/.package-lock.json'
  if (!existsSync(list)) return false
  const present = packagesIn(list)
  return Object.entries(packagesIn('package-lock.json')).every(([path, { version, optional, dev }]) => {
    if (path === '' || present[path]?.version === version) return true
    return !present[path] && (optional === true || (dev === true && !withDev))
  })
}

const nativeModuleLoads = () =>
  run('The native module', [
    'node',
    '-e',
    "try { new (require('better-sqlite3'))(':memory:') } catch { process.exit(1) }",
  ])

export const checkNode = () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  throw new Stop(`Node ${process.versions.node} is too old: install Node 20.19 or newer from https://nodejs.org.`)
}

/**
 * @param {{ withDev: boolean }} options whether the tools of development are needed too: for tests, and for a build,
 *   which checks the types of everything. An image that holds a build and only what it runs on is left as it is.
 */
export const install = async ({ withDev }) => {
  // The native module is built for one Node ABI: another Node needs another build of it.
  const wanted = createHash('sha256')
    .update(readFileSync('package-lock.json'))
    .update(process.versions.modules)
    .digest('hex')
  const done = [`${wanted} all`, ...(withDev ? [] : [`${wanted} production`])]
  if (existsSync(marker) && done.includes(readFileSync(marker, 'utf8'))) return
  if (!(holdsEveryPackage(withDev) && (await nativeModuleLoads()))) {
    console.log(
      'Installing packages. The native database module compiles for about two minutes where no prebuilt file can be had.',
    )
    const command = npm('ci', '--no-audit', '--no-fund', '--include=dev')
    await runOrFail('Installing packages (npm ci)', command, { patient: 'still installing' })
    if (!(await nativeModuleLoads())) {
      throw new Stop(
        'better-sqlite3 does not load. Install a C++ compiler, make and Python 3, then run: npm rebuild better-sqlite3',
      )
    }
  }
  writeFileSync(marker, `${wanted} ${holdsEveryPackage(true) ? 'all' : 'production'}`)
}
