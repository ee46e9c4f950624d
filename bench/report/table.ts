// Tables for a terminal and for Markdown. Pure.
import { goalsOf } from './goals'
import type { Results } from './results'

export type Table = { head: readonly string[]; rows: readonly (readonly string[])[] }

/** The first column to the left, the others to the right; width counts characters, not bytes. */
export const plain = ({ head, rows }: Table): string => {
  const widths = head.map((name, i) => Math.max(name.length, ...rows.map((row) => (row[i] ?? '').length)))
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ')
  return [head, widths.map((width) => '─'.repeat(width)), ...rows].map(line).join('\n')
}

export const markdown = ({ head, rows }: Table): string =>
  [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const two = (figure: number) => figure.toFixed(2)
const percent = (share: number) => `${(share * 100).toFixed(0)} %`
const whole = (figure: number) => Math.round(figure).toLocaleString('en')

/** One table for each part that was measured, with its title. */
export const tablesOf = (results: Results): { title: string; table: Table }[] => {
  const { gate, pages, beside, sizes, scripts, storm, quick } = results
  return [
    gate && {
      title: 'Gate and page check; an empty middleware with the bare page is 1',
      table: {
        head: ['', 'CPU', 'requests/s', 'spread'],
        rows: [['Handstamp', two(gate.cpu), two(gate.throughput), percent(gate.spread)]],
      },
    },
    pages && {
      title: 'A protected page; the bare page is 1',
      table: {
        head: ['', 'CPU', 'added', 'requests/s', 'p50', 'p95', 'p99', 'spread', 'cookie B'],
        rows: pages.map((row) => [
          row.label,
          ...[row.cpu, row.added, row.throughput, row.p50, row.p95, row.p99].map(two),
          percent(row.spread),
          String(row.cookieBytes),
        ]),
      },
    },
    beside && {
      title: 'Beside the limit; operations per second, the limit is 1',
      table: {
        head: ['', 'ratio', 'ours/s', 'limit/s', 'spread', 'limit'],
        rows: beside.map(({ name, ratio, own, base, spread, limit }) => [
          name,
          two(ratio),
          whole(own),
          whole(base),
          percent(spread),
          limit,
        ]),
      },
    },
    storm && {
      title: '500 sign-ins at once',
      table: {
        head: ['', 'quiet ms', 'storm ms', 'ratio', 'signed in', 'refused', 'lost'],
        rows: [
          [
            'gate, p99',
            two(storm.quietMs),
            two(storm.stormMs),
            two(storm.ratio),
            String(storm.signedIn),
            String(storm.refused),
            String(storm.lost),
          ],
        ],
      },
    },
    sizes && {
      title: 'CPU per request by sessions in the database',
      table: {
        head: ['sessions', 'CPU', 'spread'],
        rows: sizes.map(({ sessions, cpu, spread }) => [whole(sessions), two(cpu), percent(spread)]),
      },
    },
    scripts && {
      title: 'First-load JavaScript, KB gzip',
      table: {
        head: ['page', 'all', 'above the bare page'],
        rows: scripts.map(({ page, gzip, own }) => [page, two(gzip / 1000), two(own / 1000)]),
      },
    },
    {
      title: quick ? 'Goals; a quick run does not judge' : 'Goals',
      table: {
        head: ['', 'goal', 'measured', 'reached'],
        rows: goalsOf(results).map(({ what, goal, measured, reached }) => [
          what,
          goal,
          measured,
          quick ? '–' : reached ? 'yes' : 'no',
        ]),
      },
    },
  ].filter((part) => part !== undefined)
}
