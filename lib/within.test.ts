// A limit on a wait: it holds for work that never ends and takes no notice of its signal.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { within } from './within'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a limit', () => {
  test('gives what comes in time, and leaves no timer behind', async () => {
    expect(await within(300, async () => 'here')).toBe('here')
    expect(vi.getTimerCount()).toBe(0)
  })

  test('gives what went wrong in time, also before the first wait', async () => {
    const wrong = new TypeError('fetch failed')
    await expect(within(300, () => Promise.reject(wrong))).rejects.toBe(wrong)
    const throws = () => {
      throw wrong
    }
    await expect(within(300, throws)).rejects.toBe(wrong)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('ends the wait for what never comes, and says so to whom it waited for', async () => {
    let told: AbortSignal | undefined
    const waiting = within(300, (signal) => {
      told = signal
      return new Promise(() => undefined)
    })
    const refused = expect(waiting).rejects.toMatchObject({ name: 'TimeoutError' })
    await vi.advanceTimersByTimeAsync(299)
    expect(told?.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    await refused
    expect(told?.reason).toMatchObject({ name: 'TimeoutError' })
  })
})
