// Tables line up.
import { expect, test } from 'vitest'
import { markdown, plain, tablesOf } from './table'

const machine = { cpu: 'A', cores: 2, memory: '8 GB', system: 'Linux', node: 'v20', pinned: true }
const table = {
  head: ['', 'CPU'],
  rows: [
    ['bare page', '1.00'],
    ['a', '12.34'],
  ],
}

test('a table for a terminal is aligned by its widest cell', () => {
  expect(plain(table)).toBe('             CPU\n─────────  ─────\nbare page   1.00\na          12.34')
})

test('a table for Markdown has its figures on the right', () => {
  expect(markdown(table)).toBe('|  | CPU |\n| --- | ---: |\n| bare page | 1.00 |\n| a | 12.34 |')
})

test('a run shows what it has measured, and no more', () => {
  const sizes = [{ sessions: 1_000_000, cpu: 1.2, spread: 0.01 }]
  const tables = tablesOf({ machine, quick: false, sizes })
  expect(tables.map(({ title }) => title)).toEqual(['CPU per request by sessions in the database', 'Goals'])
  expect(tables[0]?.table.rows).toEqual([['1,000,000', '1.20', '1 %']])
  expect(tables[1]?.table.rows[0]?.at(-1)).toBe('no')
})

test('a quick run shows how far the goals are, and judges none', () => {
  const sizes = [{ sessions: 1_000_000, cpu: 1.2, spread: 0.01 }]
  const goals = tablesOf({ machine, quick: true, sizes }).at(-1)
  expect(goals?.title).toBe('Goals; a quick run does not judge')
  expect(goals?.table.rows[0]).toEqual([expect.any(String), '≤ 1.05', '1.20', '–'])
})
