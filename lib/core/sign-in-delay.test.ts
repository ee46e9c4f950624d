// The growing delay: nothing for slips, an hour for guessers, and an end.
import { describe, expect, test } from 'vitest'
import { triesMost, waitAfter, waits } from './sign-in-delay'

describe('R-2 after wrong passwords in a row', () => {
  test.each([
    [0, 0],
    [1, 0],
    [4, 0],
    [5, 30],
    [6, 60],
    [7, 120],
    [8, 240],
    [9, 480],
    [10, 960],
    [11, 1920],
    [12, 3600],
    [13, 3600],
    [99, 3600],
    [100_000, 3600],
  ])('%i of them the next try waits %i seconds', (failures, seconds) => {
    expect(waitAfter(failures)).toBe(seconds)
  })

  test('the list says the same as the rule, and ends where it no longer grows', () => {
    expect(waits.map((_, i) => waitAfter(i + 1))).toEqual(waits)
    expect(waits.at(-1)).toBe(waitAfter(1_000_000))
    expect(waits.at(-2)).toBeLessThan(waitAfter(1_000_000))
  })

  test('both counts together end at the hundred of NIST', () => {
    expect(triesMost.known + triesMost.strange).toBeLessThanOrEqual(100)
  })
})
