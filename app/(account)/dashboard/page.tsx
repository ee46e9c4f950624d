// The dashboard: the visitor's session as the server sees it, from the token's claims and the session's row.
import type { Metadata } from 'next'
import { now as readClock } from '@/lib/clock'
import { sessionCard } from '@/lib/web/own-sessions-view'
import { requireUser } from '@/lib/web/session'
import { SessionFacts } from './session-facts'
import { TokenFacts } from './token-facts'
import { UserFacts } from './user-facts'

export const metadata: Metadata = { title: 'Dashboard' }

const DashboardPage = async () => {
  const { user, session, claims } = await requireUser()
  const now = readClock()
  return (
    <main
      id="main"
      tabIndex={-1}
      className="mx-auto grid w-full max-w-5xl content-start gap-8 px-4 py-8 outline-none sm:px-6 sm:py-12"
    >
      <div className="grid gap-2">
        <h1 className="text-3xl font-semibold tracking-tight text-balance sm:text-4xl">Hello, {user.name}</h1>
        <p className="max-w-prose text-muted-foreground">
          This is your session as the server sees it. The edge gate let your token through, and this page asked the
          database again. The small print names the claim or column behind each line.
        </p>
      </div>
      <div className="grid items-start gap-6 lg:grid-cols-3">
        <UserFacts user={user} claims={claims} />
        <SessionFacts card={sessionCard(session, true)} now={now} />
        <TokenFacts claims={claims} now={now} />
      </div>
    </main>
  )
}

export default DashboardPage
