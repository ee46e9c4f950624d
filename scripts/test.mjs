// `npm test`: from a fresh clone, every check there is: types, lint, dead code, unit, build, browser.
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findBrowser } from './browser.mjs'
import { runChecks } from './checks.mjs'
import { isBuilt } from './fingerprint.mjs'
import { checkNode, install } from './install.mjs'
import { checkWritable } from './preflight.mjs'
import { installed, runOrFail } from './run.mjs'
import { openSteps } from './steps.mjs'
import { runOrStop } from './stop.mjs'

await runOrStop(async () => {
  process.chdir(dirname(dirname(fileURLToPath(import.meta.url))))
  const steps = openSteps()
  /** @type {Record<string, string>} */
  let browser = {}
  await steps.step('set-up', async () => {
    checkNode()
    checkWritable('.next', 'Change its owner, or remove it.')
    await install({ withDev: true })
    const path = await findBrowser()
    browser = path ? { CHROMIUM_PATH: path } : {}
  })
  await runChecks(steps)
  await steps.step('build', async () => {
    if (isBuilt()) console.log('The build in .next is of these sources.')
    else await runOrFail('Building', ['node', 'scripts/build.mjs'], { patient: 'still building' })
  })
  await steps.step('browser tests', () =>
    runOrFail('Browser tests', installed('@playwright/test/cli.js', 'test'), { env: browser }),
  )
  // Of this run and this machine: nothing is judged but that every answer was right.
  await steps.step('ratios', () =>
    runOrFail('The quick bench', installed('tsx/dist/cli.mjs', 'bench/run.ts', '--quick', '--only', 'gate')),
  )
  console.log(`\nAll tests passed.\n${steps.summary()}`)
})
