// `npm run faults`: injects every fault into the built app, on both engines, and reports what held and what was measured.
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findBrowser } from './browser.mjs'
import { isBuilt } from './fingerprint.mjs'
import { install } from './install.mjs'
import { installed, runOrFail } from './run.mjs'
import { runOrStop } from './stop.mjs'

await runOrStop(async () => {
  process.chdir(dirname(dirname(fileURLToPath(import.meta.url))))
  await install({ withDev: true })
  if (!isBuilt()) await runOrFail('Building', ['node', 'scripts/build.mjs'], { patient: 'still building' })
  const path = await findBrowser()
  const reporters = '--reporter=list,./e2e/fixtures/fault-report.ts'
  await runOrFail('Faults', installed('@playwright/test/cli.js', 'test', 'e2e/faults', reporters), {
    env: path ? { CHROMIUM_PATH: path } : {},
  })
})
