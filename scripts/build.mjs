// `npm run build`: declared routes, then Next's build, then proof that the gate is on the edge and that no
// page has grown too heavy.
import { rmSync } from 'node:fs'
import { checkEdgeBuild } from './check-edge-build.mjs'
import { checkPageWeight } from './check-page-weight.mjs'
import { markedWhenDone } from './fingerprint.mjs'
import { installed, runOrFail } from './run.mjs'
import { runOrStop } from './stop.mjs'

const canary = 'canary-that-no-built-file-may-hold'

await runOrStop(() =>
  markedWhenDone(async () => {
    // What a killed `next dev` leaves there can break this build.
    rmSync('.next/dev', { recursive: true, force: true })
    await runOrFail('Comparing app/ with lib/core/routes.ts', ['node', '--import', 'tsx', 'scripts/check-routes.ts'])
    // A build needs no secret. It is given one that a test then looks for in what was built, in place of the real one.
    const env = { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', AUTH_SECRET: canary }
    await runOrFail('next build', installed('next/dist/bin/next', 'build'), { env })
    checkEdgeBuild()
    checkPageWeight()
  }),
)
