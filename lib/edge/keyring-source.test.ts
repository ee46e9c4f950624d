// @vitest-environment edge-runtime
// The edge's copy of the public keys: one fetch for many callers, none too many, and never lost to a failure.
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { PublicJwk } from '../core/jwk'
import type { Keyring } from '../core/keyring'
import { openForge, now as start } from '../core/testing/token-forge'
import { openKeyringSource } from './keyring-source'

const origin = 'http://127.0.0.1:3000'
const second = 1000
let jwks: { keys: PublicJwk[] }
let newer: { keys: PublicJwk[] }

beforeAll(async () => {
  const [one, other] = [await openForge(), await openForge()]
  jwks = { keys: [one.jwk] }
  newer = { keys: [one.jwk, other.jwk] }
})

type Answer = () => Promise<{ ok: boolean; json: () => Promise<unknown> }>
const good: Answer = async () => ({ ok: true, json: async () => jwks })
const rotated: Answer = async () => ({ ok: true, json: async () => newer })
const down: Answer = () => Promise.reject(new TypeError('fetch failed'))
const broken: Answer[] = [
  down,
  async () => ({ ok: false, json: async () => jwks }),
  async () => ({ ok: true, json: () => Promise.reject(new SyntaxError('not JSON')) }),
  async () => ({ ok: true, json: async () => ({ keys: [] }) }),
  async () => ({ ok: true, json: async () => null }),
]

/** A source whose answers a test can change, and the URLs that it asked for. */
const openSource = (first: Answer) => {
  const asked: string[] = []
  const server = { answer: first, asked }
  const source = openKeyringSource(origin, new Map(), (url) => {
    asked.push(url)
    return server.answer()
  })
  return { source, server }
}
const kidsOf = (keyring: Keyring | null) => [...(keyring?.keys() ?? [])]

describe('the keyring at the edge', () => {
  test('is fetched once from the app’s own JWKS for fifty callers at once', async () => {
    const { source, server } = openSource(good)
    const keyrings = await Promise.all(Array.from({ length: 50 }, () => source.keyring(start)))
    expect(server.asked).toEqual([`${origin}/.well-known/jwks.json`])
    for (const keyring of keyrings) expect(kidsOf(keyring)).toEqual(jwks.keys.map(({ kid }) => kid))
  })

  test('is not fetched again while it is fresh', async () => {
    const { source, server } = openSource(good)
    for (let i = 0; i < 20; i++) await source.keyring(start + i * 3 * second)
    expect(server.asked).toHaveLength(1)
  })

  test('is at hand, without a promise, for as long as it is fresh', async () => {
    const { source } = openSource(good)
    expect(source.atHand(start)).toBeNull()
    await source.keyring(start)
    expect(kidsOf(source.atHand(start + 60 * second))).toHaveLength(1)
    expect(source.atHand(start + 61 * second)).toBeNull()
    expect(source.atHand(start - 61 * second)).toBeNull()
  })

  test('that is stale answers at once and is renewed beside the request', async () => {
    const { source, server } = openSource(good)
    await source.keyring(start)
    server.answer = rotated
    const later = start + 301 * second
    expect(kidsOf(await source.keyring(later))).toHaveLength(1)
    await expect.poll(async () => kidsOf(await source.keyring(later))).toHaveLength(2)
    expect(server.asked).toHaveLength(2)
  })

  test('that is stale is still answered with, however long the server is down', async () => {
    const { source, server } = openSource(good)
    await source.keyring(start)
    server.answer = down
    for (let hour = 1; hour <= 24; hour++)
      expect(kidsOf(await source.keyring(start + hour * 3600 * second))).toHaveLength(1)
  })

  test('holds up nobody whose keys are at hand while the server hangs', async () => {
    const { source, server } = openSource(good)
    await source.keyring(start)
    server.answer = () => new Promise(() => undefined)
    expect(kidsOf(await source.keyring(start + 301 * second))).toHaveLength(1)
  })
})

describe('an unknown kid', () => {
  test('is asked for at most once in ten seconds, whoever asks', async () => {
    const { source, server } = openSource(good)
    await source.keyring(start)
    const later = start + 20 * second
    for (let i = 0; i < 50; i++) await source.withUnknownKid(later + i * 100)
    expect(server.asked).toHaveLength(2)
    await source.withUnknownKid(later + 11 * second)
    expect(server.asked).toHaveLength(3)
  })

  test('is asked for once by fifty callers at once, and all get the newer keys', async () => {
    const { source, server } = openSource(good)
    await source.keyring(start)
    server.answer = rotated
    const keyrings = await Promise.all(Array.from({ length: 50 }, () => source.withUnknownKid(start + 20 * second)))
    expect(server.asked).toHaveLength(2)
    for (const keyring of keyrings) expect(kidsOf(keyring)).toHaveLength(2)
  })

  test('does not cost the keys at hand when the fetch fails', async () => {
    const { source, server } = openSource(good)
    await source.keyring(start)
    for (const [i, answer] of broken.entries()) {
      server.answer = answer
      const at = start + (i + 1) * 20 * second
      expect(await source.withUnknownKid(at)).toBeNull()
      expect(kidsOf(await source.keyring(at))).toEqual(jwks.keys.map(({ kid }) => kid))
    }
    expect(server.asked).toHaveLength(1 + broken.length)
  })

  test('is not to be judged while there is no answer, and is asked for again half a second later', async () => {
    const { source, server } = openSource(good)
    await source.keyring(start)
    server.answer = down
    const later = start + 20 * second
    for (let i = 0; i < 5; i++) expect(await source.withUnknownKid(later + i * 100)).toBeNull()
    expect(server.asked).toHaveLength(2)
    server.answer = rotated
    expect(kidsOf(await source.withUnknownKid(later + 500))).toHaveLength(2)
    expect(kidsOf(await source.withUnknownKid(later + 600))).toHaveLength(2)
    expect(server.asked).toHaveLength(3)
  })

  test('keeps nobody waiting for a body that never ends, nor whoever asks after', async () => {
    const { source, server } = openSource(good)
    await source.keyring(start)
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    server.answer = async () => ({ ok: true, json: () => new Promise(() => undefined) })
    const waiting = Promise.all([1, 2, 3].map(() => source.withUnknownKid(start + 20 * second)))
    await vi.advanceTimersByTimeAsync(2000)
    expect(await waiting).toEqual([null, null, null])
    server.answer = rotated
    expect(kidsOf(await source.withUnknownKid(start + 23 * second))).toHaveLength(2)
  })
})

describe('without any keys', () => {
  test('the answer is none, whatever the failure', async () => {
    for (const answer of broken) expect(await openSource(answer).source.keyring(start)).toBeNull()
  })

  test('a server that is down is asked at most twice a second', async () => {
    const { source, server } = openSource(down)
    for (let i = 0; i < 10; i++) expect(await source.keyring(start + i * 100)).toBeNull()
    expect(server.asked).toHaveLength(2)
  })

  test('they are there as soon as the server answers again', async () => {
    const { source, server } = openSource(down)
    expect(await source.keyring(start)).toBeNull()
    server.answer = good
    expect(kidsOf(await source.keyring(start + second))).toHaveLength(1)
  })

  test('a clock that was set back does not stop the asking for good', async () => {
    const { source, server } = openSource(down)
    await source.keyring(start)
    server.answer = good
    expect(kidsOf(await source.keyring(start - 3600 * second))).toHaveLength(1)
  })

  test('a fetch that throws before it has begun is no end of fetching', async () => {
    const { source, server } = openSource(() => {
      throw new TypeError('no such scheme')
    })
    expect(await source.keyring(start)).toBeNull()
    server.answer = good
    expect(kidsOf(await source.keyring(start + second))).toHaveLength(1)
  })
})

describe('with a key that is shared', () => {
  const open = async (answer: Answer) => {
    const shared = (await openForge('HS256')).keyring
    const [kid = ''] = shared.keys()
    return { kid, source: openKeyringSource(origin, shared, answer) }
  }

  test('nobody waits for the set, and what was published before is there when it is asked for', async () => {
    const { kid, source } = await open(good)
    expect(kidsOf(await source.keyring(start))).toEqual([kid])
    expect(kidsOf(await source.withUnknownKid(start))).toEqual([kid, ...jwks.keys.map((key) => key.kid)])
  })

  test('a set without a key in it takes away what was published, and nothing more', async () => {
    let answer = good
    const { kid, source } = await open(() => answer())
    await source.withUnknownKid(start)
    answer = async () => ({ ok: true, json: async () => ({ keys: [] }) })
    expect(kidsOf(await source.withUnknownKid(start + 20 * second))).toEqual([kid])
  })
})
