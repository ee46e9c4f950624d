// Pauses between tries grow, and no two mails keep step.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pauseAfter, storePauses } from './mail-pauses'

const middle = [500, 5000, 30_000, 120_000, 600_000]

test('pauses grow up to ten minutes', () => {
  expect([1, 2, 3, 4, 5, 6, 99].map((attempts) => pauseAfter(attempts, 0.5))).toEqual([...middle, 600_000, 600_000])
})

test('pauses are spread by a quarter to both sides, and still grow', () => {
  expect([pauseAfter(5, 0), pauseAfter(5, 1)]).toEqual([450_000, 750_000])
  const random = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), random, random, (attempts, one, other) => {
      expect(pauseAfter(attempts, one)).toBeLessThan(pauseAfter(attempts + 1, other))
      expect(Number.isInteger(pauseAfter(attempts, one))).toBe(true)
    }),
  )
})

test('what the database does not take is held for some minutes, with pauses that grow', () => {
  expect([...storePauses].sort((one, other) => one - other)).toEqual(storePauses)
  const whole = storePauses.reduce((sum, pause) => sum + pause, 0)
  expect(whole).toBeGreaterThan(2 * 60_000)
  expect(whole).toBeLessThan(10 * 60_000)
})
