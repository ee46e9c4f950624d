// https://next-auth.js.org/configuration/nextjs#getserversession
import { redirect } from 'next/navigation'
import { getServerSession } from 'next-auth'
import { authOptions } from '@/auth'

const DashboardPage = async () => {
  const session = await getServerSession(authOptions)
  if (!session?.user) redirect('/api/auth/signin')
  return (
    <main>
      <h1>Dashboard</h1>
      <p>Signed in as {session.user.email}</p>
    </main>
  )
}

export default DashboardPage
