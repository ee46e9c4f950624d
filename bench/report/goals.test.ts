// Goals are judged by the figures of one run.
import { describe, expect, test } from 'vitest'
import { goalsOf } from './goals'
import type { PageRow, Results } from './results'

const machine = { cpu: 'A', cores: 2, memory: '8 GB', system: 'Linux', node: 'v20', pinned: true }
const row = (name: string, added: number, cookieBytes = 0): PageRow => ({
  name,
  label: name,
  how: '',
  cpu: 1 + added,
  added,
  throughput: 1,
  p50: 1,
  p95: 1,
  p99: 1,
  spread: 0,
  cookieBytes,
  cpuMs: 1,
})
const reached = (results: Partial<Results>) =>
  Object.fromEntries(goalsOf({ machine, quick: false, ...results }).map((goal) => [goal.what, goal.reached]))

test('what was not measured is not judged', () => {
  expect(goalsOf({ machine, quick: true })).toEqual([])
})

describe('a goal', () => {
  test.each([
    [1.05, true],
    [1.06, false],
  ])('of at most 1.05 is met by %d: %s', (cpu, met) => {
    expect(Object.values(reached({ gate: { cpu, throughput: 1, spread: 0 } }))).toEqual([met])
  })

  test('of a peer is about what it adds against what ours adds, and next-auth 5 must add five times as much', () => {
    const pages = [row('bare', 0), row('handstamp', 0.5), row('a', 0.85), row('b', 0.8), row('next-auth-5', 2)]
    expect(reached({ pages })).toMatchObject({
      'CPU that a adds, against what ours adds': true,
      'CPU that b adds, against what ours adds': false,
      'CPU that next-auth-5 adds, against what ours adds': false,
    })
  })

  test('on cookies counts the prefixes that they have over https', () => {
    expect(reached({ pages: [row('handstamp', 1, 1500)] })).toEqual({ 'all cookies of a session': false })
    expect(reached({ pages: [row('handstamp', 1, 1464)] })).toEqual({ 'all cookies of a session': true })
  })

  test('on the database judges the largest alone', () => {
    const sizes = [10, 10_000, 1_000_000].map((sessions) => ({ sessions, cpu: sessions === 10_000 ? 2 : 1, spread: 0 }))
    expect(Object.values(reached({ sizes }))).toEqual([true])
  })
})
