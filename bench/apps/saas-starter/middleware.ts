// As its middleware does: each GET is verified and signed anew for another day.
import { type NextRequest, NextResponse } from 'next/server'
import { cookieName, cookieOptions, inOneDay, signToken, verifyToken } from './session'

export const middleware = async (request: NextRequest) => {
  const token = request.cookies.get(cookieName)?.value
  const isProtected = request.nextUrl.pathname.startsWith('/dashboard')
  if (isProtected && !token) return NextResponse.redirect(new URL('/sign-in', request.url))
  const response = NextResponse.next()
  if (!token || request.method !== 'GET') return response
  try {
    const parsed = await verifyToken(token)
    const expires = inOneDay()
    const renewed = await signToken({ ...parsed, expires: expires.toISOString() })
    response.cookies.set(cookieName, renewed, cookieOptions(expires))
    return response
  } catch {
    response.cookies.delete(cookieName)
    return isProtected ? NextResponse.redirect(new URL('/sign-in', request.url)) : response
  }
}

export const config = { matcher: ['/((?!api|_next/static|_next/image|favicon.ico).*)'] }
