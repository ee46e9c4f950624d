// GET: what was ended lately, as a signed JWT, for the gate and for every service that verifies our tokens.
import { now } from '@/lib/clock'
import { currentContext } from '@/lib/web/context'
import { asAppError, problemResponse } from '@/lib/web/problem'

export const dynamic = 'force-dynamic'

export const GET = async (request: Request): Promise<Response> => {
  try {
    const context = await currentContext()
    const { jwt, etag } = await context.snapshots(context, now())
    const headers = {
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=1',
      etag,
    }
    if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers })
    return new Response(jwt, { headers: { ...headers, 'content-type': 'application/revocations+jwt' } })
  } catch (error) {
    return problemResponse(asAppError(error))
  }
}
