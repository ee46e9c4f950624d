// docs/testing.md says what is there: its example is a spec that runs, its states are those that can be made.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { sessionStates } from '../e2e/fixtures/session-state'

const text = readFileSync('docs/testing.md', 'utf8')

it('the example is the spec, whole', () => {
  const example = /```ts\n([\s\S]*?)```/.exec(text)?.[1]
  expect(example).toBe(readFileSync('e2e/journeys/worked-example.spec.ts', 'utf8'))
})

it('the states are all there', () => {
  const rows = text.split('\n').filter((line) => line.startsWith('| `'))
  for (const state of sessionStates) expect(rows.some((row) => row.split('|')[1]?.includes(`\`${state}\``))).toBe(true)
})
