// Puts the tables of a run into docs/performance.md, between two marks. Pure.
import { machineInWords } from '../measure/machine'
import type { Results } from './results'
import { markdown, tablesOf } from './table'

const marks = { from: '<!-- figures: npm run bench -->', to: '<!-- /figures -->' }

export const withFigures = (page: string, results: Results): string => {
  const [start, end] = [page.indexOf(marks.from), page.indexOf(marks.to)]
  if (start < 0 || end < start) throw new Error(`The page has no place for figures: ${marks.from} … ${marks.to}`)
  const tables = tablesOf(results).map(({ title, table }) => `### ${title}\n\n${markdown(table)}`)
  const figures = [`Measured on: ${machineInWords(results.machine)}.`, ...tables].join('\n\n')
  return `${page.slice(0, start + marks.from.length)}\n\n${figures}\n\n${page.slice(end)}`
}
