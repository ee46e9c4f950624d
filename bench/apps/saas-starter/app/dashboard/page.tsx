// As its getUser() does, without its look-up of the user in Postgres: the comparison is to its advantage.
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { cookieName, verifyToken } from '@/session'

const DashboardPage = async () => {
  const token = (await cookies()).get(cookieName)?.value
  if (!token) redirect('/sign-in')
  const { user, expires } = await verifyToken(token)
  if (new Date(expires) < new Date()) redirect('/sign-in')
  return (
    <main>
      <h1>Dashboard</h1>
      <p>Signed in as {user.email}</p>
    </main>
  )
}

export default DashboardPage
