// The gate, on the edge runtime: middleware.ts is edge by default (naming a runtime fails the build).
import type { NextRequest } from 'next/server'
import { gate } from './lib/edge/gate'

export const middleware = (request: NextRequest) => gate(request)

/** Everything but the built files and the listed files of public/. Never a condition on a header: headers are forgeable. */
export const config = {
  matcher: ['/((?!_next/static/|icon\\.svg$|robots\\.txt$).*)'],
}
