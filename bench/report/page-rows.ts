// From pairs of rounds to the rows of the table: ratios within the run. Pure.
import type { PageFigures } from '../measure/pages'
import type { Pair } from '../measure/rounds'
import type { GateRow, PageRow } from './results'

/** As many digits as the figure is worth. */
const rounded = (figure: number) => Number(figure.toPrecision(4))

export const pageRows = (subjects: readonly PageFigures[]): PageRow[] =>
  subjects.map(
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
  )

export const gateRow = ({ ratio, throughput, spread }: Pair): GateRow => ({
  cpu: rounded(ratio),
  throughput: rounded(throughput),
  spread: rounded(spread),
})
