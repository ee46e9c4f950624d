// The page that everybody else protects, rendered afresh for each request. Here nobody asks who is there.
export const dynamic = 'force-dynamic'

const DashboardPage = () => (
  <main>
    <h1>Dashboard</h1>
    <p>Signed in as {'bench@example.com'}</p>
  </main>
)

export default DashboardPage
