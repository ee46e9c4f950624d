// https://better-auth.com/docs/integrations/next: the edge looks whether there is a cookie, the page whether it is good.
import { getSessionCookie } from 'better-auth/cookies'
import { type NextRequest, NextResponse } from 'next/server'

export const middleware = (request: NextRequest) =>
  getSessionCookie(request) ? NextResponse.next() : NextResponse.redirect(new URL('/sign-in', request.url))

export const config = { matcher: ['/dashboard'] }
