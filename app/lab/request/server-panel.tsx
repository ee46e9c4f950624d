// What the server component asked once more, of the token and of the session's row.
import type { RequestStory } from '@/lib/lab/request-story'
import { Fact, FactCard } from '../../_components/fact'
import { Moment } from '../../_components/moment'
import { Engineers } from '../engineers'

const Nobody = () => (
  <p className="max-w-prose">
    The page asked who you are, and the answer was: nobody. A page that needs a session would have sent you to sign in.
  </p>
)

export const ServerPanel = ({ node, now }: { node: RequestStory['node']; now: number }) =>
  node === null ? (
    <Nobody />
  ) : (
    <>
      <p className="max-w-prose">
        The gate may be a moment behind, so the page looks again, and this time at the session’s row in the database. A
        session that was ended a second ago is refused here, whatever its token says.
      </p>
      <FactCard id="row" title="The session’s row">
        <Fact label="Found" source={`sessions.id ${node.sid}…, by its primary key`}>
          Yes, and it has not been ended
        </Fact>
        <Fact label="Good without activity" source="sessions.idle_expires_at">
          <Moment at={node.idleExpiresAt} now={now} />
        </Fact>
        <Fact label="Generation" source="sessions.generation: the token’s gen is this one or the one before">
          {node.generation}
        </Fact>
        <Fact label="Epoch" source="users.epoch: raised once, it ends all sessions of a user">
          {node.epoch}
        </Fact>
      </FactCard>
      <Engineers>
        <p>
          {node.micros} µs for the remembered verdict and the row, measured just now. One look-up is shared by the
          layout, the page and everything on it: getSession() of lib/web/session.ts.
        </p>
      </Engineers>
    </>
  )
