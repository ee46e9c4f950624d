// Password hashes, and the queue that keeps a storm of them from piling up.
import { describe, expect, test } from 'vitest'
import { boundedQueue, hashesAtOnce, openHashing } from './hashing'
import { refusalOf } from './testing/records'

/** A task that ends when it is told to. */
const gate = () => {
  let open: () => void = () => undefined
  const passed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, passed }
}

describe('a bounded queue', () => {
  test('runs at most as many tasks at once as it may', async () => {
    const { run: queued } = boundedQueue(3, 100)
    let [running, most] = [0, 0]
    const task = async () => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setImmediate(resolve))
      running--
    }
    await Promise.all(Array.from({ length: 50 }, () => queued(task)))
    expect(most).toBe(3)
    expect(running).toBe(0)
  })

  test('starts those who wait in the order in which they came', async () => {
    const { run: queued } = boundedQueue(1, 10)
    const order: number[] = []
    await Promise.all([0, 1, 2, 3, 4].map((i) => queued(async () => order.push(i))))
    expect(order).toEqual([0, 1, 2, 3, 4])
  })

  test('refuses who comes when the line is full, at once and with a time to come back', async () => {
    const { run: queued } = boundedQueue(1, 2)
    const first = gate()
    const others = [queued(() => first.passed), queued(async () => 1), queued(async () => 2)]
    const refusal = await refusalOf(queued(async () => 3))
    expect(refusal).toMatchObject({ code: 'temporarily_unavailable', details: { retryAfter: 2 } })
    first.open()
    expect(await Promise.all(others)).toEqual([undefined, 1, 2])
    expect(await queued(async () => 4)).toBe(4)
  })

  test('says that it is full before anything is done', async () => {
    const { run, mustHaveRoom } = boundedQueue(1, 1)
    const first = gate()
    const running = run(() => first.passed)
    mustHaveRoom()
    const waiting = run(async () => 1)
    expect(mustHaveRoom).toThrow('temporarily_unavailable')
    first.open()
    await Promise.all([running, waiting])
    mustHaveRoom()
  })

  test('gives its place on when a task fails', async () => {
    const { run: queued } = boundedQueue(1, 10)
    const failing = () => Promise.reject(new Error('no'))
    const results = await Promise.allSettled([queued(failing), queued(failing), queued(async () => 'fine')])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
    expect(await queued(async () => 'still fine')).toBe('still fine')
  })

  test('takes no more than its bound after hundreds of tasks came and went', async () => {
    const { run: queued } = boundedQueue(2, 1)
    for (let i = 0; i < 300; i++) await Promise.all([queued(async () => i), queued(async () => i)])
    const first = gate()
    const held = [queued(() => first.passed), queued(() => first.passed), queued(() => first.passed)]
    expect((await refusalOf(queued(async () => 0))).code).toBe('temporarily_unavailable')
    first.open()
    await Promise.all(held)
  })
})

describe('a password hash', () => {
  const hashing = openHashing(4)

  test('is argon2id with 19 MiB, two passes and a salt of its own', async () => {
    const [one, other] = [await hashing.hash('the same password'), await hashing.hash('the same password')]
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22,}\$[A-Za-z0-9+/]{43}$/)
    expect(one).not.toBe(other)
    expect(hashing.isOutdated(one)).toBe(false)
  })

  test('opens for its password alone', async () => {
    const stored = await hashing.hash('the right password')
    expect(await hashing.verify(stored, 'the right password')).toBe(true)
    for (const wrong of [
      'the right passwor',
      'the right password ',
      'The right password',
      'the right password\0',
      '',
    ]) {
      expect(await hashing.verify(stored, wrong)).toBe(false)
    }
  })

  test('takes every character of 128 into account', async () => {
    const long = Array.from({ length: 128 }, (_, i) => String.fromCodePoint(0x21 + (i % 90))).join('')
    const stored = await hashing.hash(long)
    expect(await hashing.verify(stored, long)).toBe(true)
    expect(await hashing.verify(stored, long.slice(0, 127))).toBe(false)
  })

  test('takes what stands behind a NUL into account', async () => {
    const stored = await hashing.hash('good\0junk')
    expect(await hashing.verify(stored, 'good')).toBe(false)
    expect(await hashing.verify(stored, 'good\0junk')).toBe(true)
    expect(await hashing.verify(await hashing.hash('good'), 'good\0junk')).toBe(false)
  })

  test('is the same for é typed in two ways', async () => {
    const stored = await hashing.hash('caf\u00e9 on the corner')
    expect(await hashing.verify(stored, 'cafe\u0301 on the corner')).toBe(true)
  })

  test('that is missing is never opened, not even by the dummy’s own password', async () => {
    expect(await hashing.verify(null, 'a password that nobody has')).toBe(false)
  })

  test('of other parameters or of another kind is outdated', () => {
    for (const stored of [
      '$argon2id$v=19$m=4096,t=3,p=1$c2FsdA$aGFzaA',
      '$argon2i$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA',
      '$2b$12$abc',
      '',
    ]) {
      expect(hashing.isOutdated(stored)).toBe(true)
    }
  })
})

// The others make and verify signatures: a storm of sign-ins must not keep the pages of everybody else waiting.
test.each([
  { cores: 1, threads: 4, hashes: 1 },
  { cores: 2, threads: 4, hashes: 2 },
  { cores: 8, threads: 4, hashes: 2 },
  { cores: 8, threads: 10, hashes: 8 },
])('with $cores cores and $threads threads $hashes passwords are hashed at once', ({ cores, threads, hashes }) => {
  expect(hashesAtOnce(cores, threads)).toBe(hashes)
})
