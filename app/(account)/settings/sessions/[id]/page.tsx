// One session: what is known of it, and the family of its refresh tokens.
import type { Metadata } from 'next'
import { endLabels, isAlarmingEnd } from '@/lib/core/end-labels'
import { readSession } from '@/lib/web/settings'
import { Badge } from '../../../../_components/badge'
import { Fact, FactCard } from '../../../../_components/fact'
import { AlarmIcon } from '../../../../_components/icons'
import { Moment } from '../../../../_components/moment'
import { TextLink } from '../../../../_components/text-link'
import { SessionActions } from '../session-actions'
import { placeOf, titleOf } from '../session-title'
import { Family } from './family'

export const metadata: Metadata = { title: 'One session' }

type Read = Awaited<ReturnType<typeof readSession>>

const Heading = ({ card, ended }: Pick<Read, 'card' | 'ended'>) => (
  <div className="grid justify-items-start gap-2">
    <TextLink href="/settings/sessions">All your sessions</TextLink>
    <div className="flex max-w-full flex-wrap items-center gap-x-4 gap-y-2">
      <h1 className="min-w-0 text-3xl font-semibold tracking-tight break-words sm:text-4xl">{titleOf(card)}</h1>
      {card.current && <Badge>This device</Badge>}
      {ended && !isAlarmingEnd(ended.reason) && <Badge variant="quiet">Ended</Badge>}
      {ended && isAlarmingEnd(ended.reason) && (
        <Badge variant="alarm">
          <AlarmIcon />
          Ended
        </Badge>
      )}
    </div>
    <p className="text-muted-foreground">
      {placeOf(card)}, {card.from}
    </p>
  </div>
)

const Times = ({ card, ended, now }: Pick<Read, 'card' | 'ended' | 'now'>) => (
  <FactCard id="times" title="Since when and until when">
    <Fact label="Signed in" source="sessions.created_at">
      <Moment at={card.createdAt} now={now} />
    </Fact>
    <Fact label="Last active" source="sessions.last_seen_at">
      <Moment at={card.lastSeenAt} now={now} />
    </Fact>
    {ended ? (
      <Fact label={endLabels[ended.reason]} source={`sessions.ended_reason: ${ended.reason}`}>
        <Moment at={ended.at} now={now} />
      </Fact>
    ) : (
      <>
        <Fact label="Ends without activity" source="sessions.idle_expires_at">
          <Moment at={card.idleExpiresAt} now={now} />
        </Fact>
        <Fact label="Ends in any case" source="sessions.expires_at">
          <Moment at={card.expiresAt} now={now} />
        </Fact>
      </>
    )}
  </FactCard>
)

const Origin = ({ card, generation, confirmed }: Pick<Read, 'card' | 'generation' | 'confirmed'>) => (
  <FactCard id="origin" title="Where and how">
    <Fact label="Browser and system" source="sessions.user_agent: a claim, no proof">
      {placeOf(card)}
    </Fact>
    <Fact label="Network" source="sessions.ip, shortened here">
      {card.from}
    </Fact>
    <Fact label="How" source="sessions.amr (RFC 8176)">
      {card.how}
    </Fact>
    <Fact label="Generation" source="sessions.generation: how often it was refreshed, plus one">
      {generation}
    </Fact>
    <Fact label="Highest generation seen in use" source="sessions.confirmed">
      {confirmed === 0 ? 'None yet' : confirmed}
    </Fact>
    <Fact label="Session" source="sid, which is no secret">
      <span className="font-mono text-sm break-all">{card.id}</span>
    </Fact>
  </FactCard>
)

const SessionPage = async ({ params }: { params: Promise<{ id: string }> }) => {
  const { card, generation, confirmed, family, ended, userId, now } = await readSession((await params).id)
  return (
    <>
      <Heading card={card} ended={ended} />
      {!ended && (
        <div className="flex flex-wrap items-start gap-3">
          <SessionActions card={card} userId={userId} />
        </div>
      )}
      <div className="grid grid-cols-1 items-start gap-6 md:grid-cols-2">
        <Times card={card} ended={ended} now={now} />
        <Origin card={card} generation={generation} confirmed={confirmed} />
      </div>
      <Family generation={generation} family={family} createdAt={card.createdAt} over={ended !== null} now={now} />
    </>
  )
}

export default SessionPage
