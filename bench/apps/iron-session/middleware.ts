// https://github.com/vvo/iron-session, "Next.js middleware": the seal is opened at the edge.
import { getIronSession } from 'iron-session'
import { type NextRequest, NextResponse } from 'next/server'
import { type SessionData, sessionOptions } from './session'

export const middleware = async (request: NextRequest) => {
  const response = NextResponse.next()
  const session = await getIronSession<SessionData>(request, response, sessionOptions())
  return session.email ? response : NextResponse.redirect(new URL('/sign-in', request.url))
}

export const config = { matcher: ['/dashboard'] }
