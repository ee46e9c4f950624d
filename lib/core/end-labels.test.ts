// @vitest-environment edge-runtime
import { expect, test } from 'vitest'
import { endLabels, isAlarmingEnd } from './end-labels'
import { endWords } from './end-words'

test('every end that a browser is told of has a line in the list', () => {
  const told = Object.keys(endWords).filter((reason) => reason !== 'invalid')
  expect(Object.keys(endLabels).sort()).toEqual(told.sort())
})

test('the lines are about a session, not to the one who reads', () => {
  for (const label of Object.values(endLabels)) expect(label).not.toMatch(/\byou\b|[.!]$/i)
})

test('what its owner did is no alarm', () => {
  expect(isAlarmingEnd('ended_elsewhere')).toBe(false)
  expect(isAlarmingEnd('reuse')).toBe(true)
})
