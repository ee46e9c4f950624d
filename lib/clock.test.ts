import { afterEach, describe, expect, test, vi } from 'vitest'
import { now, setClockOffset } from './clock'

afterEach(() => {
  setClockOffset(0)
  vi.useRealTimers()
})

describe('the clock', () => {
  test('says the real time as long as nobody has moved it', () => {
    vi.useFakeTimers({ now: 1_800_000_000_000 })
    expect(now()).toBe(1_800_000_000_000)
  })

  test.each([16 * 60_000, -3_600_000])('goes on from where it was moved to, by %i ms', (offset) => {
    vi.useFakeTimers({ now: 1_800_000_000_000 })
    setClockOffset(offset)
    expect(now()).toBe(1_800_000_000_000 + offset)
    vi.advanceTimersByTime(5_000)
    expect(now()).toBe(1_800_000_005_000 + offset)
  })

  test('is one for all bundles of a process', async () => {
    vi.useFakeTimers({ now: 1_800_000_000_000 })
    setClockOffset(1_000)
    vi.resetModules()
    const other = await import('./clock')
    expect(other.now).not.toBe(now)
    expect(other.now()).toBe(now())
  })
})
