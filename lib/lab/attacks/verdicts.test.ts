import { expect, test } from 'vitest'
import { attacks } from './table'
import { faultsOf, packResults, type Result, unpackResults, type Verdict } from './verdicts'

const all = (verdict: Verdict) => ({ edge: verdict, page: verdict, handler: verdict, action: verdict })
const result = (row: number, surfaces: Result['surfaces'], asWanted = true): Result => ({
  id: attacks[row]?.id ?? '',
  surfaces,
  faults: faultsOf(surfaces, asWanted),
})

test('four refusals are no fault; anything else is one, and a disagreement is said', () => {
  expect(faultsOf(all('refused'), true)).toEqual([])
  expect(faultsOf(all('accepted'), true)).toEqual(['accepted by edge, page, handler, action'])
  expect(faultsOf({ ...all('refused'), page: 'error' }, true)).toEqual([
    'no verdict from page',
    'the surfaces disagree: refused by edge, handler, action only',
  ])
  expect(faultsOf(all('refused'), false)).toEqual(['the verifier gives another reason under the lab’s key'])
})

test('results travel as a short text and come back as they were', () => {
  const results = [
    result(0, all('refused')),
    result(1, { edge: 'refused', page: 'accepted', handler: 'error', action: 'refused' }),
    result(10, all('accepted')),
    result(attacks.length - 1, all('refused'), false),
  ]
  expect(unpackResults(packResults(results))).toEqual(results)
  const everything = packResults(attacks.map((_, row) => result(row, all('refused'))))
  expect(everything.length).toBeLessThan(500)
  expect(unpackResults(everything)).toHaveLength(attacks.length)
})

test.each(['', 'x', '0rrr', '0rrrrr', '999rrrr', '-1rrrr', 'rrrr', '0rrrr?'])('%j tells of no attack', (text) => {
  expect(unpackResults(text)).toEqual([])
})
