import { expect, test } from 'vitest'
import { waitInWords } from './wait-in-words'

test.each([
  [0, 'in a moment'],
  [5, 'in a moment'],
  [6, 'in 6 seconds'],
  [59, 'in 59 seconds'],
  [60, 'in a minute'],
  [61, 'in 2 minutes'],
  [90, 'in 2 minutes'],
  [3540, 'in 59 minutes'],
  [3541, 'in an hour'],
  [3600, 'in an hour'],
  [3601, 'in 2 hours'],
  [86_400, 'in 24 hours'],
])('%i seconds are "%s"', (seconds, words) => {
  expect(waitInWords(seconds)).toBe(words)
})
