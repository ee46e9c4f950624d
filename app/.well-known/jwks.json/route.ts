// GET: the public keys of access tokens (RFC 7517), for the gate and for every service.
import { now } from '@/lib/clock'
import { currentContext } from '@/lib/web/context'
import { asAppError, problemResponse } from '@/lib/web/problem'

export const dynamic = 'force-dynamic'

const open = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' }

export const GET = async (): Promise<Response> => {
  try {
    const { jwks } = await (await currentContext()).keys(now())
    return new Response(JSON.stringify(jwks), {
      headers: { ...open, 'content-type': 'application/jwk-set+json', 'cache-control': 'public, max-age=60' },
    })
  } catch (error) {
    return problemResponse(asAppError(error))
  }
}

export const OPTIONS = (): Response =>
  new Response(null, {
    status: 204,
    headers: { ...open, 'access-control-allow-methods': 'GET, HEAD', 'access-control-max-age': '3600' },
  })
