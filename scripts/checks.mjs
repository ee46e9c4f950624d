// The checks that need no build and no browser, in the order in which they fail fastest.
import { installed } from './run.mjs'
import { programSteps } from './steps.mjs'

/** @param {ReturnType<typeof import('./steps.mjs').openSteps>} steps */
export const runChecks = async (steps) => {
  const program = programSteps(steps)
  // typedRoutes: the types of links come from the folders under app/.
  await program('route types', installed('next/dist/bin/next', 'typegen'), { NEXT_TELEMETRY_DISABLED: '1' })
  await program('types', installed('typescript/bin/tsc', '--noEmit'))
  // Left alone, it paints each letter, in a log file too.
  const colors = process.stdout.isTTY ? [] : ['--colors=off']
  await program('lint', installed('@biomejs/biome/bin/biome', 'ci', ...colors, '.'))
  await program('dead code', installed('knip/bin/knip.js'))
  await program('.env.example', ['node', '--import', 'tsx', 'scripts/env-example.ts', '--check'])
  await program('declared routes', ['node', '--import', 'tsx', 'scripts/check-routes.ts'])
  await program('unit tests', installed('vitest/vitest.mjs', 'run'))
}
