// Its session check in Node, outside of Next, for the bench of parts: `auth.api.getSession()` with SQLite.
import { join } from 'node:path'

const email = 'bench@example.com'

export const getSession = async ({ folder }: { folder: string }) => {
  process.env.DATABASE_FILE = join(folder, 'better-auth.db')
  process.env.BETTER_AUTH_SECRET = process.env.AUTH_SECRET
  process.env.BETTER_AUTH_URL = 'http://localhost:3000'
  const { auth, migrate } = await import('./auth')
  await migrate()
  const { headers: answered } = await auth.api.signUpEmail({
    body: { name: 'Bench', email, password: 'violet anchor mumbles softly' },
    returnHeaders: true,
  })
  const cookie = answered
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const headers = new Headers({ cookie })
  return {
    once: async () => {
      const session = await auth.api.getSession({ headers })
      if (session?.user.email !== email) throw new Error('The session was not found')
    },
  }
}
