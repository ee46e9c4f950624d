// https://github.com/vvo/iron-session, "Next.js App Router": the page opens the seal itself.
import { getIronSession } from 'iron-session'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { type SessionData, sessionOptions } from '@/session'

const DashboardPage = async () => {
  const session = await getIronSession<SessionData>(await cookies(), sessionOptions())
  if (!session.email) redirect('/sign-in')
  return (
    <main>
      <h1>Dashboard</h1>
      <p>Signed in as {session.email}</p>
    </main>
  )
}

export default DashboardPage
