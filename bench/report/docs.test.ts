// The page of the docs takes new figures in the place of the old ones.
import { expect, test } from 'vitest'
import { withFigures } from './docs'

const machine = { cpu: 'A', cores: 2, memory: '8 GB', system: 'Linux', node: 'v20', pinned: false }
const results = { machine, quick: false, sizes: [{ sessions: 10, cpu: 1, spread: 0 }] }

test('figures are put between the marks, and put there again change nothing', () => {
  const once = withFigures('# A\n<!-- figures: npm run bench -->\nold\n<!-- /figures -->\nafter\n', results)
  expect(once).toContain('# A\n<!-- figures: npm run bench -->\n\nMeasured on: A, 2 cores')
  expect(once).toContain('| 10 | 1.00 | 0 % |')
  expect(once).not.toContain('old')
  expect(once.endsWith('<!-- /figures -->\nafter\n')).toBe(true)
  expect(withFigures(once, results)).toBe(once)
})

test('a page without marks is refused', () => {
  expect(() => withFigures('# A', results)).toThrow('no place for figures')
})
