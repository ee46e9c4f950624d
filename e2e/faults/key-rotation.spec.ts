// F-24 Three rotations of the signing key while a hundred requests come in each second: no good token is refused.
import { decodedPart } from '../../lib/core/testing/weak-verifiers'
import type { Client } from '../fixtures/client'
import { measured } from '../fixtures/measured'
import { expect, test } from '../fixtures/test'

test.use({ settings: { KEY_ROTATION: '10m', ACCESS_TTL: '2h', IDLE_TTL: '12h' } })
test.describe.configure({ timeout: 120_000 })

const paths = ['/dashboard', '/api/auth/session', '/nowhere']
/** What a good token gets; a server that has too much to do says 503, and has refused nothing. */
const good = [200, 404, 503]
const mostAtOnce = 50
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

test('a key rotated under load refuses no good token', async ({ asUser, clock, app }) => {
  const people: Client[] = []
  const kids = new Set<unknown>()
  const refused: string[] = []
  const underWay = new Set<Promise<void>>()
  let [asked, answered, busy] = [0, 0, 0]
  const join = async () => {
    const { client, tokens } = await asUser()
    kids.add(decodedPart(tokens.access.split('.')[0]).kid)
    people.push(client)
  }
  const ask = async () => {
    const path = paths[asked % paths.length] ?? '/'
    const cookie = people[asked++ % people.length]?.header() ?? ''
    const { status, headers } = await fetch(app.url + path, { headers: { cookie }, redirect: 'manual' })
    answered++
    if (status === 503) busy++
    if (!good.includes(status)) refused.push(`${path}: ${status} ${headers.get('location') ?? ''}`)
  }
  /** A hundred a second, each tenth of a second ten; a machine that can't follow is not asked for more. */
  const load = async (seconds: number) => {
    for (let i = 0; i < seconds * 10; i++) {
      for (let free = Math.min(10, mostAtOnce - underWay.size); free > 0; free--) {
        const asking = ask().finally(() => underWay.delete(asking))
        underWay.add(asking)
      }
      await wait(100)
    }
  }
  await join()
  const began = performance.now()
  await load(1)
  while (kids.size < 4) {
    // The next key is published, and two minutes later signs; nothing stops for it.
    for (const by of ['8m', '2m']) {
      await Promise.all([load(1.5), wait(500).then(() => clock.advanceServer(by))])
    }
    await Promise.all([load(1), join()])
    expect(people.length, 'rotations came to nothing').toBeLessThan(9)
  }
  await Promise.all(underWay)
  const seconds = (performance.now() - began) / 1000
  measured('under three rotations', `${asked} requests, ${Math.round(asked / seconds)} a second, ${busy} × 503`)
  expect(refused).toEqual([])
  expect(answered).toBe(asked)
  expect(asked).toBeGreaterThan(100)
  // Who is put off is not refused, but a server that puts everybody off proves nothing.
  expect(busy).toBeLessThan(asked / 2)
  const { keys } = (await (await fetch(`${app.url}/.well-known/jwks.json`)).json()) as { keys: { kid: string }[] }
  for (const kid of kids) expect(keys.map((key) => key.kid)).toContain(kid)
})
