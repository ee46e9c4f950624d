import { cookies } from 'next/headers'
import { cookieName, cookieOptions, inOneDay, signToken } from '@/session'

export const POST = async (request: Request) => {
  const { email } = await request.json()
  const expires = inOneDay()
  const token = await signToken({ user: { id: 1, email }, expires: expires.toISOString() })
  const jar = await cookies()
  jar.set(cookieName, token, cookieOptions(expires))
  return new Response(null, { status: 204 })
}
