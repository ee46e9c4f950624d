// @vitest-environment edge-runtime
// F-42: the clock goes back. What the edge keeps must not stay in the future until the clock has caught up.
import { beforeAll, describe, expect, test } from 'vitest'
import { expected, type Forge, openForge, now as start } from '../core/testing/token-forge'
import { openKeyringSource } from './keyring-source'
import { openRevocationSource } from './revocation-source'

const second = 1000
const hour = 3600 * second
let forge: Forge

beforeAll(async () => {
  forge = await openForge()
})

/** A server whose list is as of its own clock. */
const openServer = () => {
  const server = { now: start, sequence: 1, asked: 0 }
  const source = openRevocationSource('http://127.0.0.1:3000', expected.issuer, 2, async () => {
    server.asked++
    const claims = { iss: expected.issuer, iat: Math.floor(server.now / 1000), seq: server.sequence }
    return {
      ok: true,
      text: () =>
        forge.sign(
          JSON.stringify({ ...forge.header, typ: 'revocations+jwt' }),
          JSON.stringify({ ...claims, nbf_all: 0, sids: [], epochs: {} }),
        ),
    }
  })
  const at = (now: number) => {
    server.now = now
    return source.current(forge.keyring, now)
  }
  return { server, at }
}

describe('after the clock went back', () => {
  test.each([
    ['an hour', hour],
    ['twenty seconds', 20 * second],
  ])('by %s the edge has a list again at once', async (_, back) => {
    const { at } = openServer()
    expect(await at(start + back)).not.toBeNull()
    expect((await at(start))?.asOf).toBe(start / 1000)
  })

  test.each([
    ['an hour', hour],
    ['twenty seconds', 20 * second],
    ['ten seconds', 10 * second],
    ['three seconds', 3 * second],
  ])('by %s what is ended then is known within three seconds', async (_, back) => {
    const { server, at } = openServer()
    await at(start + back)
    await at(start)
    server.sequence = 2
    for (let now = start; now < start + 3 * second; now += 0.5 * second) {
      await at(now)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    expect((await at(start + 3 * second))?.sequence).toBe(2)
  })

  test('an older list than the one at hand is still none', async () => {
    const { server, at } = openServer()
    server.sequence = 5
    await at(start + hour)
    server.sequence = 4
    expect(await at(start)).toBeNull()
  })

  test('new keys are looked for as ever', async () => {
    let asked = 0
    const source = openKeyringSource('http://127.0.0.1:3000', new Map(), async () => {
      asked++
      return { ok: true, json: async () => ({ keys: [forge.jwk] }) }
    })
    await source.keyring(start + hour)
    expect(await source.keyring(start)).not.toBeNull()
    expect(asked).toBe(2)
    // The fetch under way may still be reading its keys; whoever comes meanwhile shares it.
    const lookAgain = async () => {
      await source.withUnknownKid(start + 11 * second)
      return asked
    }
    await expect.poll(lookAgain).toBe(3)
  })
})
