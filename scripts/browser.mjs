// Finds the browser of the browser tests, or gets one: Playwright's own, the system's, a download, Debian's.
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { installed, run } from './run.mjs'
import { Stop } from './stop.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** @param {string} file */
const isProgram = (file) => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** @param {string} name */
const whereIs = (name) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .find(isProgram)

const systemBrowser = () => names.map(whereIs).find((path) => path !== undefined)

const playwrightHasItsOwn = async () => {
  const { chromium } = await import('@playwright/test')
  return existsSync(chromium.executablePath())
}

const installFromDebian = async () => {
  if (!whereIs('apt-get')) return false
  const update = await run('apt-get update', ['apt-get', 'update', '-q'])
  return (
    update &&
    (await run('apt-get install', ['apt-get', 'install', '-y', '-q', 'chromium'], {
      patient: 'still installing chromium',
    }))
  )
}

/**
 * @returns {Promise<string | undefined>} path of a system browser, or `undefined` for Playwright's own
 */
export const findBrowser = async () => {
  const given = process.env.CHROMIUM_PATH
  if (given) {
    if (!isProgram(given)) throw new Stop(`CHROMIUM_PATH is ${given}, which is no program. Correct it, or unset it.`)
    console.log(`Browser: ${given} (CHROMIUM_PATH)`)
    return given
  }
  if (await playwrightHasItsOwn()) {
    console.log("Browser: Playwright's own chromium")
    return undefined
  }
  const found = systemBrowser()
  if (found) {
    console.log(`Browser: ${found}`)
    return found
  }
  console.log("No browser here: downloading Playwright's chromium.")
  const download = installed('playwright/cli.js', 'install', 'chromium')
  if ((await run('The download', download, { patient: 'still downloading' })) && (await playwrightHasItsOwn()))
    return undefined
  console.log('That failed: installing chromium with apt-get.')
  const debian = (await installFromDebian()) ? systemBrowser() : undefined
  if (!debian)
    throw new Stop(
      'There is no browser and none could be installed. Install chromium or Google Chrome, or set CHROMIUM_PATH.',
    )
  console.log(`Browser: ${debian}`)
  return debian
}
