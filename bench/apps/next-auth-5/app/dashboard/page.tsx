// https://authjs.dev/getting-started/session-management/get-session
import { redirect } from 'next/navigation'
import { auth } from '@/auth'

const DashboardPage = async () => {
  const session = await auth()
  if (!session?.user) redirect('/api/auth/signin')
  return (
    <main>
      <h1>Dashboard</h1>
      <p>Signed in as {session.user.email}</p>
    </main>
  )
}

export default DashboardPage
