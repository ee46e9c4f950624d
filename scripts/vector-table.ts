// The table of tokens in docs/verify.md: `npx tsx scripts/vector-table.ts` writes it.
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { type Vector, vectors, vectorsAfterTheEnd } from './vectors'

const cells = ({ name, reason, optional }: Vector): string[] => [
  name,
  reason === null ? 'good' : optional ? 'bad, may pass' : 'bad',
  reason === null ? '' : `\`${reason}\``,
]

/** All of them as a Markdown table. */
const vectorTable = (): string => {
  const rows = [['token', 'verdict', 'reason'], ...[...vectors, ...vectorsAfterTheEnd].map(cells)]
  const widths = [0, 1, 2].map((i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)))
  const line = (row: string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`
  const [head = [], ...body] = rows
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n')
}

const file = 'docs/verify.md'
const table = /(?<=<!-- made by scripts\/vector-table\.ts -->\n\n)[\s\S]*?(?=\n\n<!-- end -->)/

/** The page with the table of now. */
export const pageWithTable = (): { page: string; written: string } => {
  const written = readFileSync(file, 'utf8')
  if (!table.test(written)) throw new Error(`${file} has no place for the table of tokens`)
  return { written, page: written.replace(table, vectorTable) }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(file, pageWithTable().page)
}
