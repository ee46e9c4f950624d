// Since when, how, from where and until when: the session's row.
import { truncateAddress } from '@/lib/web/client-address'
import { agentInWords, methodsInWords } from '@/lib/web/words'
import { Fact, FactCard } from './fact'
import { Moment } from './moment'

type Props = {
  /** Times in milliseconds. */
  session: {
    createdAt: number
    amr: readonly string[]
    ip: string
    userAgent: string
    remember: boolean
    idleExpiresAt: number
    expiresAt: number
  }
  now: number
}

const loopback = new Set(['127.0.0.1', '::1'])

const From = ({ ip, userAgent }: { ip: string; userAgent: string }) => {
  const { browser, system } = agentInWords(userAgent)
  return (
    <>
      {browser} on {system}
      <span className="block text-sm font-normal text-muted-foreground">
        {loopback.has(ip) ? 'on this machine' : `from ${truncateAddress(ip)}`}
      </span>
    </>
  )
}

export const SessionFacts = ({ session, now }: Props) => (
  <FactCard id="session" title="Your session">
    <Fact label="Signed in" source="sessions.created_at">
      <Moment at={session.createdAt} now={now} />
    </Fact>
    <Fact label="How" source="amr (RFC 8176), in token and row">
      {methodsInWords(session.amr)}
      {session.remember && ', kept signed in'}
    </Fact>
    <Fact label="From where" source="sessions.user_agent and ip; not in the token">
      <From ip={session.ip} userAgent={session.userAgent} />
    </Fact>
    <Fact label="Ends without activity" source="sessions.idle_expires_at; moves while you are here">
      <Moment at={session.idleExpiresAt} now={now} />
    </Fact>
    <Fact label="Ends in any case" source="sessions.expires_at; fixed at sign-in">
      <Moment at={session.expiresAt} now={now} />
    </Fact>
  </FactCard>
)
