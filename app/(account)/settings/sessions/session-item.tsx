// One session in the list: what it is, since when and until when, and what can be done about it.
import type { ReactNode } from 'react'
import type { SessionCard } from '@/lib/web/own-sessions-view'
import { Badge } from '../../../_components/badge'
import { Card } from '../../../_components/card'
import { Fact } from '../../../_components/fact'
import { Moment } from '../../../_components/moment'
import { TextLink } from '../../../_components/text-link'
import { OfSession, placeOf, titleOf } from './session-title'

type Props = { card: SessionCard; now: number; actions: ReactNode }

export const SessionItem = ({ card, now, actions }: Props) => (
  <li data-slot="session">
    <Card className={`grid gap-5 sm:p-6 ${card.current ? 'border-primary' : ''}`}>
      <div className="grid gap-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h3 className="min-w-0 text-lg font-semibold break-words">{titleOf(card)}</h3>
          {card.current && <Badge>This device</Badge>}
        </div>
        {card.name !== null && <p className="text-muted-foreground">{placeOf(card)}</p>}
      </div>
      <dl className="grid gap-5 sm:grid-cols-2 lg:grid-cols-3">
        <Fact label="Last active">
          <Moment at={card.lastSeenAt} now={now} />
        </Fact>
        <Fact label="Signed in">
          <Moment at={card.createdAt} now={now} />
        </Fact>
        <Fact label="Where">{card.from}</Fact>
        <Fact label="How">{card.how}</Fact>
        <Fact label="Ends without activity">
          <Moment at={card.idleExpiresAt} now={now} />
        </Fact>
        <Fact label="Ends in any case">
          <Moment at={card.expiresAt} now={now} />
        </Fact>
      </dl>
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        {actions}
        <TextLink href={`/settings/sessions/${card.id}`} className="sm:px-2">
          Details
          <OfSession card={card} />
        </TextLink>
      </div>
    </Card>
  </li>
)
