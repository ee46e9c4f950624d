// From pairs of rounds to the rows of the table: ratios within the run. Pure.
import type { Pages } from '../measure/pages'
import type { PageRow, Results } from './results'

/** As many digits as the figure is worth. */
const rounded = (figure: number) => Number(figure.toPrecision(4))

export const pageRows = ({ subjects, gate }: Pages): Required<Pick<Results, 'pages' | 'gate'>> => ({
  pages: subjects.map(
    ({ name, label, how, cookieBytes, pair: { base, own, ratio, spread, throughput } }): PageRow => ({
      name,
      label,
      how,
      cpu: rounded(ratio),
      added: rounded(ratio - 1),
      throughput: rounded(throughput),
      p50: rounded(own.p50 / base.p50),
      p95: rounded(own.p95 / base.p95),
      p99: rounded(own.p99 / base.p99),
      spread: rounded(spread),
      cookieBytes,
      cpuMs: rounded(own.cpu),
    }),
  ),
  gate: { cpu: rounded(gate.ratio), spread: rounded(gate.spread) },
})
