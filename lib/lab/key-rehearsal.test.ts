// The rehearsal goes through all four states, and at no moment is a token that still lives refused.
import { expect, test } from 'vitest'
import { rehearseRotation } from './key-rehearsal'

test('a rotation goes through its states and refuses no living token', async () => {
  const stages = await rehearseRotation(1_800_000_000_000, 30 * 86_400_000)
  expect(stages.map(({ states }) => states)).toEqual([
    ['active', null],
    ['active', 'next'],
    ['retiring', 'active'],
    ['retiring', 'active'],
    ['retired', 'active'],
  ])
  expect(stages.map(({ accepted }) => accepted)).toEqual([
    [true, null],
    [true, null],
    [true, true],
    [true, true],
    [false, true],
  ])
})
