// What the four surfaces have said to each attack, in words and signs. Rendered by the server and by the runner.
import { Fragment } from 'react'
import type { Result, Surface, Verdict } from '@/lib/lab/attacks/verdicts'
import { AlarmIcon } from '../../_components/icons'

const columns: readonly (readonly [Surface, string])[] = [
  ['edge', 'Edge'],
  ['page', 'Page'],
  ['handler', 'Handler'],
  ['action', 'Action'],
]

const StopIcon = () => (
  <svg viewBox="0 0 24 24" aria-hidden="true" className="size-5 fill-none stroke-primary stroke-2">
    <circle cx="12" cy="12" r="9" />
    <path d="m6 6 12 12" />
  </svg>
)

const words: Record<Verdict, string> = { refused: 'Refused', accepted: 'Accepted', error: 'No verdict' }

const VerdictCell = ({ verdict }: { verdict: Verdict }) => (
  <td data-verdict={verdict} className="py-2 align-top max-sm:text-[0.6875rem] sm:px-3">
    <span
      className={`flex flex-col items-center gap-1 text-center sm:flex-row sm:text-start ${verdict === 'refused' ? '' : 'rounded-md bg-destructive-muted py-1 font-semibold text-destructive ring-1 ring-destructive sm:px-2'}`}
    >
      {verdict === 'refused' ? <StopIcon /> : <AlarmIcon />}
      {words[verdict]}
    </span>
  </td>
)

/** What is wrong stands on top. */
const loudFirst = (a: Result, b: Result) => Number(b.faults.length > 0) - Number(a.faults.length > 0)

type Props = { results: readonly Result[]; titles: Readonly<Record<string, string>> }

export const ResultTable = ({ results, titles }: Props) => (
  <table className="w-full table-fixed border-collapse text-xs sm:text-sm">
    <caption className="sr-only">Each attack, and what the four surfaces of this app have said to it</caption>
    <thead>
      <tr>
        <th scope="col" className="w-[27%] py-2 text-start font-medium sm:w-2/5">
          Attack
        </th>
        {columns.map(([surface, label]) => (
          <th key={surface} scope="col" className="py-2 font-medium max-sm:text-[0.6875rem] sm:px-3 sm:text-start">
            {label}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {[...results].sort(loudFirst).map(({ id, surfaces, faults }) => (
        <Fragment key={id}>
          <tr data-attack={id} className="border-t">
            <th scope="row" className="py-2 pe-1 text-start align-top font-medium">
              {titles[id] ?? id}
            </th>
            {columns.map(([surface]) => (
              <VerdictCell key={surface} verdict={surfaces[surface]} />
            ))}
          </tr>
          {faults.length > 0 && (
            <tr data-faults={id}>
              <td colSpan={5} className="pb-2 text-destructive">
                {faults.join('; ')}
              </td>
            </tr>
          )}
        </Fragment>
      ))}
    </tbody>
  </table>
)
