// Loaded into a server that is to be profiled: the first SIGUSR2 begins, the second writes PROFILE_TO.
import { writeFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'

const session = new Session()
session.connect()
await session.post('Profiler.enable')
await session.post('Profiler.setSamplingInterval', { interval: 250 })
let running = false
process.on('SIGUSR2', async () => {
  running = !running
  if (running) return session.post('Profiler.start')
  const { profile } = await session.post('Profiler.stop')
  writeFileSync(process.env.PROFILE_TO ?? '', JSON.stringify(profile))
})
