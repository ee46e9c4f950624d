// The dashboard: the visitor's session as the server sees it, from the token's claims and the session's row.
import type { Metadata } from 'next'
import { now as readClock } from '@/lib/clock'
import { hasLab } from '@/lib/web/lab-mode'
import { sessionCard } from '@/lib/web/own-sessions-view'
import { requireUser } from '@/lib/web/session'
import { PageHeading } from '../../_components/page-heading'
import { TextLink } from '../../_components/text-link'
import { SessionFacts } from './session-facts'
import { TokenFacts } from './token-facts'
import { UserFacts } from './user-facts'

export const metadata: Metadata = { title: 'Dashboard' }

const DashboardPage = async () => {
  const { user, session, claims } = await requireUser()
  const now = readClock()
  return (
    <>
      <PageHeading title={`Hello, ${user.name}`}>
        This is your session as the server sees it. The edge gate let your token through, and this page asked the
        database again. The small print names the claim or column behind each line.
      </PageHeading>
      {hasLab() && (
        <p>
          <TextLink href="/lab">See your token at work in the lab</TextLink>
        </p>
      )}
      <div className="grid items-start gap-6 lg:grid-cols-3">
        <UserFacts user={user} claims={claims} />
        <SessionFacts card={sessionCard(session, true)} now={now} />
        <TokenFacts claims={claims} now={now} />
      </div>
    </>
  )
}

export default DashboardPage
