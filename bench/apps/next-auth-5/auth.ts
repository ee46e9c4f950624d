// Auth.js 5 with credentials, so JWT sessions: https://authjs.dev/getting-started/installation
import NextAuth from 'next-auth'
import Credentials from 'next-auth/providers/credentials'

export const { handlers, auth } = NextAuth({
  providers: [
    Credentials({
      credentials: { email: {}, password: {} },
      authorize: async ({ email }) => (email ? { id: '1', name: 'Bench', email: String(email) } : null),
    }),
  ],
  // https://authjs.dev/getting-started/session-management/protecting: the middleware lets only the signed-in through.
  callbacks: { authorized: async ({ auth }) => Boolean(auth) },
})
