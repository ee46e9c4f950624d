// The way of nextjs/saas-starter: an HS256 token of a day in a cookie, and nothing kept anywhere.
import { jwtVerify, SignJWT } from 'jose'

export type SessionData = { user: { id: number; email: string }; expires: string }

export const cookieName = 'session'
const key = () => new TextEncoder().encode(process.env.AUTH_SECRET)

export const inOneDay = () => new Date(Date.now() + 24 * 60 * 60 * 1000)

export const signToken = (data: SessionData) =>
  new SignJWT(data).setProtectedHeader({ alg: 'HS256' }).setIssuedAt().setExpirationTime('1 day from now').sign(key())

export const verifyToken = async (token: string) => {
  const { payload } = await jwtVerify<SessionData>(token, key(), { algorithms: ['HS256'] })
  return payload
}

/** Secure is left away: the bench speaks http on loopback. */
export const cookieOptions = (expires: Date) => ({ httpOnly: true, sameSite: 'lax', expires }) as const
