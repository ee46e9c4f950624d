// What iron-session seals into its cookie: https://github.com/vvo/iron-session#usage
import type { SessionOptions } from 'iron-session'

export type SessionData = { email?: string }

export const sessionOptions = (): SessionOptions => ({
  password: process.env.SESSION_PASSWORD ?? '',
  cookieName: 'bench-session',
  // The bench speaks http on loopback.
  cookieOptions: { secure: false },
})
