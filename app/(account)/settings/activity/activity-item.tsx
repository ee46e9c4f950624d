// One thing that happened: what, from where and when, and the session that it was about.
import type { readActivity } from '@/lib/web/settings'
import { Badge } from '../../../_components/badge'
import { AlarmIcon } from '../../../_components/icons'
import { Moment } from '../../../_components/moment'
import { TextLink } from '../../../_components/text-link'

type Event = Awaited<ReturnType<typeof readActivity>>['events'][number]

export const ActivityItem = ({ event, now }: { event: Event; now: number }) => (
  <li
    data-slot="event"
    className="grid gap-x-6 gap-y-1 py-4 sm:grid-cols-[1fr_12rem] sm:items-center lg:grid-cols-[1fr_12rem_8rem]"
  >
    <div className="grid min-w-0 justify-items-start gap-1">
      {event.alarming && (
        <Badge variant="alarm">
          <AlarmIcon />
          Was this you?
        </Badge>
      )}
      <p className="font-medium">{event.what}</p>
      <p className="text-sm text-muted-foreground">{event.where}</p>
    </div>
    <Moment at={event.at} now={now} />
    {event.sid && (
      <TextLink href={`/settings/sessions/${event.sid}`} className="justify-self-start lg:justify-self-end">
        See the session<span className="sr-only"> of: {event.what}</span>
      </TextLink>
    )}
  </li>
)
