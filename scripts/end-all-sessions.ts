// `npm run sessions:end-all`: says how many sessions it would end; with --yes it ends them.
import { openContext } from '../lib/auth/context'
import { countEverybody, endEverybody } from '../lib/auth/end-everybody'
import { now } from '../lib/clock'
import { readEnv } from '../lib/env'
import { loadSettings } from './settings.mjs'

await loadSettings(false)
const context = await openContext(readEnv(process.env))
const count = await countEverybody(context, now())
const sessions = count === 1 ? '1 session' : `${count} sessions`
if (process.argv.includes('--yes')) {
  await endEverybody(context, now())
  console.log(`Ended ${sessions}. Node refuses them from now on, the edge within 3 seconds.`)
} else console.log(`This would end ${sessions} of everybody. To do it: npm run sessions:end-all -- --yes`)
await context.db.close()
