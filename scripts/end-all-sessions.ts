// `npm run sessions:end-all`: says how many sessions it would end; with --yes it ends them.
import { countEverybody, endEverybody } from '../lib/auth/end-everybody'
import { now } from '../lib/clock'
import { runCommand } from './command'

await runCommand(async (context) => {
  const count = await countEverybody(context, now())
  const sessions = count === 1 ? '1 session' : `${count} sessions`
  if (!process.argv.includes('--yes')) {
    console.log(`This would end ${sessions}, of everybody. To do it: npm run sessions:end-all -- --yes`)
    return
  }
  await endEverybody(context, now())
  console.log(`Ended ${sessions}. Node refuses them from now on, the edge within 3 seconds.`)
})
