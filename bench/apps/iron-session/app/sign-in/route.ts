import { getIronSession } from 'iron-session'
import { cookies } from 'next/headers'
import { type SessionData, sessionOptions } from '@/session'

export const POST = async (request: Request) => {
  const { email } = await request.json()
  const session = await getIronSession<SessionData>(await cookies(), sessionOptions())
  session.email = email
  await session.save()
  return new Response(null, { status: 204 })
}
