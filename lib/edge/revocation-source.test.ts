// @vitest-environment edge-runtime
// The edge's copy of the revocation list: how old it gets, who waits for a newer one, and what is no copy.
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { expected, type Forge, openForge, seconds, now as start } from '../core/testing/token-forge'
import { openRevocationSource } from './revocation-source'

const second = 1000
let forge: Forge
beforeAll(async () => {
  forge = await openForge()
})

const listed = (changes: object = {}) =>
  forge.sign(
    JSON.stringify({ ...forge.header, typ: 'revocations+jwt' }),
    JSON.stringify({ iss: expected.issuer, iat: seconds, seq: 1, nbf_all: 0, sids: [], epochs: {}, ...changes }),
  )
type Answer = () => Promise<{ ok: boolean; text: () => Promise<string> }>
const saying =
  (changes: object = {}): Answer =>
  async () => ({ ok: true, text: () => listed(changes) })
const down: Answer = () => Promise.reject(new TypeError('fetch failed'))

const openSource = (first: Answer) => {
  const server = { answer: first, asked: 0 }
  const source = openRevocationSource('http://127.0.0.1:3000', expected.issuer, 2, () => {
    server.asked++
    return server.answer()
  })
  const current = (now: number) => source.current(forge.keyring, now)
  return { server, current, atHand: source.atHand }
}

describe('the revocation list at the edge', () => {
  test('is awaited by the first request, once for fifty at a time', async () => {
    const { server, current } = openSource(saying())
    const copies = await Promise.all(Array.from({ length: 50 }, () => current(start)))
    expect(server.asked).toBe(1)
    for (const copy of copies) expect(copy?.sequence).toBe(1)
  })

  test('whose body never ends is given up in time, and asked for anew', async () => {
    const { server, current } = openSource(async () => ({ ok: true, text: () => new Promise(() => undefined) }))
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const waiting = Promise.all([1, 2, 3].map(() => current(start)))
    await vi.advanceTimersByTimeAsync(300)
    expect(await waiting).toEqual([null, null, null])
    vi.useRealTimers()
    server.answer = saying()
    expect((await current(start + second))?.sequence).toBe(1)
  })

  test('is not asked for again while it is younger than two seconds', async () => {
    const { server, current } = openSource(saying())
    await current(start)
    await current(start + 1.9 * second)
    expect(server.asked).toBe(1)
  })

  test('is at hand, without a promise, for as long as nobody needs to be asked, and never from the future', async () => {
    const { current, atHand } = openSource(saying())
    expect(atHand(start)).toBeNull()
    await current(start)
    expect(atHand(start + 1.9 * second)?.sequence).toBe(1)
    expect(atHand(start + 2 * second)).toBeNull()
    expect(atHand(start - 2 * second)).toBeNull()
  })

  test('is renewed in the background when it is two seconds old', async () => {
    const { server, current } = openSource(saying())
    await current(start)
    server.answer = saying({ iat: seconds + 2, seq: 2 })
    expect((await current(start + 2 * second))?.sequence).toBe(1)
    await expect.poll(async () => (await current(start + 2.1 * second))?.sequence).toBe(2)
    expect(server.asked).toBe(2)
  })

  test('is awaited when nobody came by for longer, so that an old list is never gone by', async () => {
    const { server, current } = openSource(saying())
    await current(start)
    server.answer = saying({ iat: seconds + 10, seq: 2 })
    expect((await current(start + 10 * second))?.sequence).toBe(2)
  })

  test('goes on being used for fifteen seconds when Node does not answer, and then not', async () => {
    const { server, current } = openSource(saying())
    await current(start)
    server.answer = down
    expect((await current(start + 15 * second))?.sequence).toBe(1)
    expect(await current(start + 16 * second)).toBeNull()
    server.answer = saying({ iat: seconds + 20, seq: 2 })
    expect((await current(start + 20 * second))?.sequence).toBe(2)
  })

  test.each<[string, Answer]>([
    ['Node is down', down],
    ['Node says no', async () => ({ ok: false, text: () => listed() })],
    ['the answer is garbage', async () => ({ ok: true, text: async () => '<html>' })],
    ['the answer breaks off', async () => ({ ok: true, text: () => Promise.reject(new TypeError('terminated')) })],
    ['it is another issuer’s', saying({ iss: 'https://evil.test' })],
    ['it is an old one played again', saying({ iat: seconds - 60 })],
    ['it is from the future', saying({ iat: seconds + 60 })],
    ['it is a token of another kind', async () => ({ ok: true, text: () => forge.token() })],
  ])('is none when %s', async (_, answer) => {
    expect(await openSource(answer).current(start)).toBeNull()
  })

  test('does not go back to a smaller sequence', async () => {
    const { server, current } = openSource(saying({ seq: 5 }))
    await current(start)
    server.answer = saying({ iat: seconds + 4, seq: 4 })
    expect((await current(start + 4 * second))?.sequence).toBe(5)
  })

  test('is not asked for by a storm of requests while Node is down', async () => {
    const { server, current } = openSource(down)
    for (let i = 0; i < 100; i++) await current(start + i)
    expect(server.asked).toBe(1)
  })
})
