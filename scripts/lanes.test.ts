import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { bounds, openLanes, takesLane } from './lanes.mjs'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setImmediate', 'setTimeout', 'clearTimeout', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const openDoor = () => {
  const inLane = openLanes()
  const entered: string[] = []
  /** @returns what ends the request: its answer was sent, or its client went away */
  const come = (name: string, address = '/api/auth/sign-in') => {
    const response = new EventEmitter()
    inLane(address, response, () => entered.push(name))
    return () => response.emit('close')
  }
  const crowd = (count: number) => Array.from({ length: count }, (_, i) => come(`${i}`))
  const settle = () => {
    for (let turn = 0; turn < 20; turn++) vi.advanceTimersByTime(1)
  }
  return { entered, come, crowd, settle }
}

describe('a lane', () => {
  it('has room for a few, and lets one in for each that leaves, in the order in which they came', () => {
    const { entered, crowd, settle } = openDoor()
    const ends = crowd(bounds.inside + 3)
    settle()
    expect(entered).toHaveLength(bounds.inside)
    ends[2]?.()
    ends[3]?.()
    settle()
    expect(entered).toEqual(Array.from({ length: bounds.inside + 2 }, (_, i) => `${i}`))
  })

  it('lets one in at a time, so that others are looked after in between', () => {
    const { entered, crowd } = openDoor()
    crowd(3)
    expect(entered).toEqual([])
    vi.advanceTimersToNextTimer()
    expect(entered).toEqual(['0'])
  })

  it('holds up nobody at another address', () => {
    const { entered, come, crowd, settle } = openDoor()
    crowd(bounds.inside + 100)
    settle()
    come('a refresh', '/api/auth/refresh')
    settle()
    expect(entered.at(-1)).toBe('a refresh')
  })

  it('lets nobody in whose client went away while waiting', () => {
    const { entered, come, crowd, settle } = openDoor()
    const [first] = crowd(bounds.inside)
    const giveUp = come('gone')
    come('here')
    settle()
    giveUp()
    first?.()
    settle()
    expect(entered).not.toContain('gone')
    expect(entered).toContain('here')
  })

  it('keeps nobody waiting for longer than its patience', () => {
    const { entered, crowd, settle } = openDoor()
    crowd(bounds.inside + 5)
    settle()
    vi.advanceTimersByTime(bounds.patience - 100)
    expect(entered).toHaveLength(bounds.inside)
    vi.advanceTimersByTime(101)
    expect(entered).toHaveLength(bounds.inside + 1)
    vi.advanceTimersByTime(4 * (bounds.apart + 2))
    expect(entered).toHaveLength(bounds.inside + 5)
  })

  it('lets those who waited long enough in no faster than others leave in a storm', () => {
    const { entered, crowd, settle } = openDoor()
    const ends = crowd(bounds.inside + 100)
    settle()
    vi.advanceTimersByTime(bounds.patience + 10 * bounds.apart)
    expect(entered.length).toBeLessThanOrEqual(bounds.inside + 11)
    const before = entered.length
    // Room is taken at once, as ever.
    for (const end of ends.slice(0, before)) end()
    settle()
    expect(entered).toHaveLength(before + bounds.inside)
  })

  it('keeps no timer when all are gone', () => {
    const { crowd, settle } = openDoor()
    const ends = crowd(bounds.inside + 2)
    settle()
    expect(vi.getTimerCount()).toBe(1)
    for (const end of ends) end()
    settle()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is as good as new when all are gone', () => {
    const { entered, crowd, settle } = openDoor()
    for (let turn = 1; turn <= 3; turn++) {
      const ends = crowd(bounds.inside)
      settle()
      expect(entered).toHaveLength(turn * bounds.inside)
      for (const end of ends) end()
      settle()
    }
  })
})

it.each([
  ['POST', true],
  ['DELETE', true],
  ['GET', false],
  ['HEAD', false],
  ['OPTIONS', false],
])('%s takes a lane: %s', (method, takes) => {
  expect(takesLane(method)).toBe(takes)
})
