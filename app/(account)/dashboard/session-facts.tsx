// Since when, how, from where and until when: the session's row.
import type { SessionCard } from '@/lib/web/own-sessions-view'
import { Fact, FactCard } from '../../_components/fact'
import { Moment } from '../../_components/moment'
import { TextLink } from '../../_components/text-link'

type Props = { card: SessionCard; now: number }

const From = ({ browser, system, from }: SessionCard) => (
  <>
    {browser} on {system}
    <span className="block text-sm font-normal text-muted-foreground">{from}</span>
  </>
)

export const SessionFacts = ({ card, now }: Props) => (
  <FactCard id="session" title="Your session" below={<TextLink href="/settings/sessions">See all sessions</TextLink>}>
    <Fact label="Signed in" source="sessions.created_at">
      <Moment at={card.createdAt} now={now} />
    </Fact>
    <Fact label="How" source="amr (RFC 8176), in token and row">
      {card.how}
    </Fact>
    <Fact label="From where" source="sessions.user_agent and ip; not in the token">
      <From {...card} />
    </Fact>
    <Fact label="Ends without activity" source="sessions.idle_expires_at; moves while you are here">
      <Moment at={card.idleExpiresAt} now={now} />
    </Fact>
    <Fact label="Ends in any case" source="sessions.expires_at; fixed at sign-in">
      <Moment at={card.expiresAt} now={now} />
    </Fact>
  </FactCard>
)
