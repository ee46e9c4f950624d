// NextAuth 4 with credentials, so JWT sessions: https://next-auth.js.org/configuration/options
import type { NextAuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'

export const authOptions: NextAuthOptions = {
  session: { strategy: 'jwt' },
  providers: [
    Credentials({
      credentials: { email: {}, password: {} },
      authorize: async (given) => (given?.email ? { id: '1', name: 'Bench', email: given.email } : null),
    }),
  ],
}
