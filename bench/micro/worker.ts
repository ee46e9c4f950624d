// The process of one side: opens it, says that it is ready, then works for as long as it is told and says what it did.
import { pathToFileURL } from 'node:url'
import type { Done, OpenSide, Place } from './side'

const [module = '', name = '', place = '{}'] = process.argv.slice(2)
const opened: Record<string, OpenSide> = await import(pathToFileURL(module).href)
const open = opened[name]
if (!open) throw new Error(`${module} has no ${name}`)
const given: Place = JSON.parse(place)
const { once, lines = 1, close } = await open(given)

const work = async (milliseconds: number): Promise<Done> => {
  const cpu = process.cpuUsage()
  const started = performance.now()
  let count = 0
  const line = async () => {
    while (performance.now() - started < milliseconds) {
      await once()
      count++
    }
  }
  await Promise.all(Array.from({ length: lines }, line))
  const { user, system } = process.cpuUsage(cpu)
  return { count, seconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1e6 }
}

process.on('message', async (milliseconds: number) => {
  process.send?.(await work(milliseconds))
})
process.on('disconnect', async () => {
  await close?.()
  process.exit(0)
})
process.send?.('ready')
