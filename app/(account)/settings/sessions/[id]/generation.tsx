// One generation of a session's refresh token: when it began and ended, and whatever else became of it.
import type { FamilyRow } from '@/lib/web/settings'
import { Badge } from '../../../../_components/badge'
import { AlarmIcon } from '../../../../_components/icons'
import { Moment } from '../../../../_components/moment'

export type Member = {
  number: number
  /** Milliseconds; `undefined` where nobody noted it. */
  at: number | undefined
  /** When the next generation took its place. */
  replacedAt: number | undefined
  newest: boolean
  row: FamilyRow | undefined
}

const times = (count: number): string => (count === 1 ? 'once' : `${count.toLocaleString('en')} times`)

const Alarm = ({ at, now }: { at: number; now: number }) => (
  <div className="grid justify-items-start gap-1.5 rounded-md border border-destructive bg-destructive-muted p-3">
    <Badge variant="alarm">
      <AlarmIcon />
      Came back
    </Badge>
    <p>It came back after its successor was in use. Somebody else may have had a copy, so the session was ended.</p>
    <Moment at={at} now={now} />
  </div>
)

const fate = ({ newest, number }: Member, over: boolean): string => {
  if (!newest) return `Replaced by generation ${number + 1}`
  return over ? 'The last one' : 'In use now'
}

type Props = { member: Member; over: boolean; now: number }

export const Generation = ({ member, over, now }: Props) => {
  const { number, at, replacedAt, newest, row } = member
  return (
    <li data-slot="generation" className="relative grid gap-2 border-s-2 pb-6 ps-6 last:border-transparent last:pb-0">
      <span
        aria-hidden="true"
        className={`absolute -start-2 top-1.5 size-3.5 rounded-full border-2 border-primary ${newest && !over ? 'bg-primary' : 'bg-card'}`}
      />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="font-semibold">Generation {number}</h3>
        <Badge variant={newest && !over ? 'default' : 'quiet'}>{fate(member, over)}</Badge>
      </div>
      <div className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
        <p>
          <span className="block text-sm text-muted-foreground">
            {number === 1 ? 'Began with the sign-in' : 'Rotated'}
          </span>
          {at === undefined ? <span className="block">Not on record</span> : <Moment at={at} now={now} />}
        </p>
        {replacedAt !== undefined && (
          <p>
            <span className="block text-sm text-muted-foreground">Replaced</span>
            <Moment at={replacedAt} now={now} />
          </p>
        )}
      </div>
      {row && row.repeats > 0 && <p>Handed out again {times(row.repeats)} within the grace: other tabs asked too.</p>}
      {row && row.losses > 0 && <p>Its answer was lost {times(row.losses)}, so it was handed out again.</p>}
      {row?.reusedAt != null && <Alarm at={row.reusedAt} now={now} />}
    </li>
  )
}
