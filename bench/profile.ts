// Where the time of a request goes: `npm run bench:profile -- handstamp` puts a built app under V8's profiler.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { takeCores } from './measure/cores'
import { load } from './measure/load'
import { prepare } from './measure/prepare'
import { type Profile, timesOf } from './measure/profile'
import { startServer } from './measure/server'
import { subjects } from './subjects/all'
import type { Subject } from './subjects/subject'

const [wanted = 'handstamp', shown = '60'] = process.argv.slice(2)

const found = subjects.find(({ name }) => name === wanted)
if (!found) throw new Error(`Profile one of: ${subjects.map(({ name }) => name).join(', ')}`)
/** Under a name of its own: the names of its functions are kept, so it is another build. */
const subject: Subject = { ...found, name: `${found.name}-profiled`, layers: [...found.layers, 'profiled'] }

const folder = await prepare(subject)
const profileTo = join(folder, 'profile.json')
const server = await startServer(subject, folder, {
  cores: takeCores(),
  nodeOptions: ['--import', join(import.meta.dirname, 'measure/profiler.mjs')],
  env: { PROFILE_TO: profileTo },
})
const url = new URL('/dashboard', server.url)
const people = [await subject.signIn(server.url)]
await load(url, people, 8, { requests: 1500 })
process.kill(server.pid, 'SIGUSR2')
const { requests } = await load(url, people, 8, { requests: 1500 })
process.kill(server.pid, 'SIGUSR2')
await sleep(3000)
await server.stop()

const profile: Profile = JSON.parse(readFileSync(profileTo, 'utf8'))
const each = (milliseconds: number) => `${((milliseconds / requests) * 1000).toFixed(0).padStart(6)} µs`
const all = timesOf(profile)
console.log(
  `${requests} requests to ${found.label}. Time per request in each function itself, and with what it called:`,
)
for (const { name, self, total } of all.slice(0, Number(shown))) console.log(`${each(self)} ${each(total)}  ${name}`)
