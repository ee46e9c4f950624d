// The chart shows what was measured, and nothing of the machine but what is in words.
import { expect, test } from 'vitest'
import { chartOf } from './chart'
import type { PageRow } from './results'

const machine = { cpu: 'A <B>', cores: 2, memory: '8 GB', system: 'Linux', node: 'v20', pinned: false }
const row = (name: string, added: number) => ({ name, label: `${name} & co`, added }) as PageRow

test('bars are in the order of their length, the longest as long as there is room, and bare is none', () => {
  const chart = chartOf({ machine, pages: [row('bare', 0), row('next-auth-5', 4), row('handstamp', 1)] })
  const widths = [...chart.matchAll(/class="(\w+)" [^>]*width="([\d.]+)"/g)].map(([, kind, width]) => [kind, width])
  expect(widths).toEqual([
    ['ours', '115.0'],
    ['peer', '460.0'],
  ])
})

test('text is escaped', () => {
  const chart = chartOf({ machine, pages: [row('a', 1)] })
  expect(chart).toContain('a &amp; co')
  expect(chart).toContain('A &lt;B&gt;, 2 cores')
})
