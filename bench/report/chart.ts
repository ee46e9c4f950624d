// The chart of the docs: bars of the CPU that each subject adds to a request, as an SVG that stands by itself. Pure.
import { machineInWords } from '../measure/machine'
import type { PageRow, Results } from './results'

const width = 760
const left = 210
const right = 90
const top = 64
const step = 34
const bar = 20

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const barOf = (row: PageRow, i: number, most: number): string => {
  const y = top + i * step
  const length = Math.max(1, (Math.max(0, row.added) / most) * (width - left - right))
  const kind = row.name === 'handstamp' ? 'ours' : row.name === 'empty-middleware' ? 'limit' : 'peer'
  return [
    `<text x="${left - 12}" y="${y + 15}" text-anchor="end">${escaped(row.label)}</text>`,
    `<rect class="${kind}" x="${left}" y="${y}" width="${length.toFixed(1)}" height="${bar}" rx="3"/>`,
    `<text x="${(left + length + 8).toFixed(1)}" y="${y + 15}">${row.added.toFixed(2)}</text>`,
  ].join('')
}

/** Works on light and on dark: its colours follow the reader's. */
const style = `text{font:14px system-ui,sans-serif;fill:#1c1917}.title{font-size:16px;font-weight:600}.note{font-size:12px}
.peer{fill:#a8a29e}.limit{fill:#57534e}.ours{fill:#b45309}
@media(prefers-color-scheme:dark){text{fill:#f5f5f4}.peer{fill:#78716c}.limit{fill:#d6d3d1}.ours{fill:#f59e0b}}`

export const chartOf = ({ pages = [], machine }: Pick<Results, 'pages' | 'machine'>): string => {
  const rows = pages.filter(({ name }) => name !== 'bare').sort((one, other) => one.added - other.added)
  const most = Math.max(...rows.map(({ added }) => added))
  const height = top + rows.length * step + 40
  const title = 'CPU that a session adds to one request of a page (the bare page itself = 1)'
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="t">`,
    `<title id="t">${title}</title><style>${style}</style>`,
    `<text class="title" x="12" y="32">${title}</text>`,
    ...rows.map((row, i) => barOf(row, i, most)),
    `<text class="note" x="12" y="${height - 14}">${escaped(machineInWords(machine))}</text>`,
    '</svg>\n',
  ].join('\n')
}
