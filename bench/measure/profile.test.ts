// A profile as people read it.
import { expect, test } from 'vitest'
import { timesOf } from './profile'

const node = (id: number, functionName: string, children: number[] = [], url = '') => ({
  id,
  callFrame: { functionName, url, lineNumber: 4 },
  children,
})

test('a function has its own time, that of what it called, and counts once when it calls itself', () => {
  const nodes = [
    node(1, '(root)', [2, 5]),
    node(2, 'walk', [3], 'file:///x/node_modules/next/dist/walk.js'),
    node(3, 'walk', [4], 'file:///x/node_modules/next/dist/walk.js'),
    node(4, 'leaf', [], 'file:///home/me/project/lib/leaf.js'),
    node(5, '(idle)'),
  ]
  const times = timesOf({ nodes, samples: [2, 3, 4, 5], timeDeltas: [1000, 2000, 4000, 8000] })
  expect(times.filter(({ total }) => total > 0)).toEqual([
    { name: 'leaf lib/leaf:5', self: 4, total: 4 },
    { name: 'walk next/dist/walk:5', self: 3, total: 7 },
    { name: '(root)', self: 0, total: 7 },
  ])
})
