// A middleware that does nothing: what Next asks for having one on the edge.
import { NextResponse } from 'next/server'

export const middleware = () => NextResponse.next()

export const config = { matcher: ['/((?!_next/static/).*)'] }
