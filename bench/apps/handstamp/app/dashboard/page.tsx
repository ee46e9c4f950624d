// The bare page, protected as README.md says: the gate is in middleware.ts, and the page asks again.
import { requireUser } from '@/lib/web/session'

const DashboardPage = async () => {
  const { user } = await requireUser()
  return (
    <main>
      <h1>Dashboard</h1>
      <p>Signed in as {user.email}</p>
    </main>
  )
}

export default DashboardPage
