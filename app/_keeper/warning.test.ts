import { expect, it } from 'vitest'
import { clockOf, inWords } from './warning'

it('shows the time left as a clock does', () => {
  expect([120, 119, 61, 60, 9, 0].map(clockOf)).toEqual(['2:00', '1:59', '1:01', '1:00', '0:09', '0:00'])
})

it('says the time left as people do', () => {
  expect([120, 90, 60, 30].map(inWords)).toEqual(['2 minutes', '2 minutes', '1 minute', '30 seconds'])
})
