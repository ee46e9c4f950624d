// https://better-auth.com/docs/integrations/next
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { auth } from '@/auth'

const DashboardPage = async () => {
  const session = await auth.api.getSession({ headers: await headers() })
  if (!session) redirect('/sign-in')
  return (
    <main>
      <h1>Dashboard</h1>
      <p>Signed in as {session.user.email}</p>
    </main>
  )
}

export default DashboardPage
