// `npm run check`: everything that needs no build and no browser.
import { runChecks } from './checks.mjs'
import { openSteps } from './steps.mjs'
import { runOrStop } from './stop.mjs'

await runOrStop(async () => {
  const steps = openSteps()
  await runChecks(steps)
  console.log(`\nAll checks passed.\n${steps.summary()}`)
})
