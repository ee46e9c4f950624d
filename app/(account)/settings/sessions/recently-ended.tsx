// The sessions that ended in the last 30 days: which, why and when.
import { endLabels, isAlarmingEnd } from '@/lib/core/end-labels'
import type { EndedCard } from '@/lib/web/settings'
import { Badge } from '../../../_components/badge'
import { Card } from '../../../_components/card'
import { EmptyNote } from '../../../_components/empty-note'
import { AlarmIcon } from '../../../_components/icons'
import { Moment } from '../../../_components/moment'
import { TextLink } from '../../../_components/text-link'
import { OfSession, placeOf, titleOf } from './session-title'

const EndedItem = ({ card, now }: { card: EndedCard; now: number }) => (
  <li data-slot="ended-session" className="grid gap-x-6 gap-y-1 py-4 sm:grid-cols-[1fr_auto] sm:items-center">
    <div className="grid min-w-0 gap-1">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="min-w-0 font-semibold break-words">{titleOf(card)}</h3>
        {isAlarmingEnd(card.reason) && (
          <Badge variant="alarm">
            <AlarmIcon />
            Look twice
          </Badge>
        )}
      </div>
      <p>{endLabels[card.reason]}</p>
      <p className="text-sm text-muted-foreground">
        {card.name === null ? card.from : `${placeOf(card)}, ${card.from}`}
      </p>
    </div>
    <div className="flex flex-wrap items-center justify-between gap-x-6 sm:justify-end">
      <Moment at={card.endedAt} now={now} />
      <TextLink href={`/settings/sessions/${card.id}`}>
        Details
        <OfSession card={card} />
      </TextLink>
    </div>
  </li>
)

export const RecentlyEnded = ({ cards, now }: { cards: readonly EndedCard[]; now: number }) => (
  <section aria-labelledby="ended" className="grid grid-cols-1 gap-4">
    <h2 id="ended" className="text-xl font-semibold tracking-tight">
      Recently ended
    </h2>
    {cards.length === 0 ? (
      <EmptyNote href="/settings/activity" action="See your activity">
        No session of yours has ended in the last 30 days. Those that do are kept here for that long, with the reason.
      </EmptyNote>
    ) : (
      <Card className="py-1 sm:px-6 sm:py-2">
        <ul className="divide-y">
          {cards.map((card) => (
            <EndedItem key={card.id} card={card} now={now} />
          ))}
        </ul>
      </Card>
    )}
  </section>
)
