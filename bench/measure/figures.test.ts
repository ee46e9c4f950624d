// Figures out of samples.
import { describe, expect, test } from 'vitest'
import { median, pairedRatio, percentile, spread } from './figures'

describe('a percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i)

  test.each([
    [0.5, 50],
    [0.95, 95],
    [0.99, 99],
    [1, 100],
  ])('%d of a hundred samples is the smallest that so many do not exceed', (share, found) => {
    expect(percentile(hundred, share)).toBe(found)
  })

  test('of few samples is one of them, never between two', () => {
    expect(percentile([3, 1], 0.99)).toBe(3)
    expect(percentile([7], 0.01)).toBe(7)
  })

  test('of none is refused', () => {
    expect(() => percentile([], 0.5)).toThrow('no samples')
  })
})

test.each([
  [[5, 1, 3], 3],
  [[4, 1, 3, 2], 2.5],
])('the median of %j is %d', (samples, found) => {
  expect(median(samples)).toBe(found)
})

describe('rounds side by side', () => {
  test('are compared each with its neighbour, so that a machine that slows down changes nothing', () => {
    expect(pairedRatio({ base: [1, 2, 4], own: [1.5, 3, 6] })).toBe(1.5)
  })

  test('let one disturbed round not decide', () => {
    expect(pairedRatio({ base: [1, 1, 1], own: [1.1, 9, 1.1] })).toBe(1.1)
  })

  test('must be as many', () => {
    expect(() => pairedRatio({ base: [1], own: [1, 2] })).toThrow('2 rounds beside 1')
  })

  test('are spread by nothing when they agree', () => {
    expect(spread({ base: [1, 2], own: [2, 4] })).toBe(0)
    expect(spread({ base: [1, 1, 1, 1], own: [1, 1.1, 1.2, 1.3] })).toBeCloseTo(0.2 / 1.15)
  })
})
