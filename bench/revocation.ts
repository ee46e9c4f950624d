// How long a session that one instance ended is still let through by the edge of another: `npm run bench:revocation`.
// Two instances of the built app on one database, demo sessions, ten lines of ten rounds that start apart.
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type App, launchApp } from '../e2e/fixtures/app'
import { openClient } from '../e2e/fixtures/client'

const lines = 10
const rounds = 10
/** Milliseconds between two looks: the figure can be this much too large. */
const step = 20
const patience = 20_000

const delayOf = async (ending: App, looking: App, network: string): Promise<number> => {
  const client = openClient(ending.url, network)
  await client.post('/api/auth/demo', {})
  const at = { cookie: `handstamp-at=${client.cookies.get('handstamp-at') ?? ''}` }
  const other = openClient(looking.url, network)
  // At an address where nothing is the edge lets a good token through to a 404, and Node asks nobody.
  const isLetThrough = async () => (await other.get('/nowhere', at)).status === 404
  if (!(await isLetThrough())) throw new Error('A good token was refused')
  await client.post('/api/auth/sign-out', {})
  const endedAt = performance.now()
  const { status } = await other.get('/api/auth/session', at)
  if (status !== 401) throw new Error(`Node answered ${status} after the end`)
  while (await isLetThrough()) {
    if (performance.now() - endedAt > patience) throw new Error('The edge never refused')
    await sleep(step)
  }
  return performance.now() - endedAt
}

const shared = {
  AUTH_SECRET: randomBytes(32).toString('base64url'),
  JWT_ISSUER: 'bench',
  JWT_AUDIENCE: 'bench',
  LOG_LEVEL: 'warn',
}
const ending = await launchApp(shared)
const looking = await launchApp({ ...shared, DATA_DIR: ending.dataDir })
try {
  const line = async (i: number): Promise<number[]> => {
    await sleep(i * 310)
    const delays: number[] = []
    for (let n = 0; n < rounds; n++) delays.push(await delayOf(ending, looking, `10.3.${i}.${n}`))
    return delays
  }
  const delays = (await Promise.all(Array.from({ length: lines }, (_, i) => line(i)))).flat().sort((a, b) => a - b)
  const at = (share: number) => `${((delays[Math.floor(share * (delays.length - 1))] ?? 0) / 1000).toFixed(2)} s`
  console.log(
    `first refusal at another instance's edge, ${delays.length} ends: p50 ${at(0.5)}, p95 ${at(0.95)}, max ${at(1)}`,
  )
  console.log('first refusal in Node: the first request after the end, every time')
} finally {
  await looking.stop()
  await ending.stop()
}
