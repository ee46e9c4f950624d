// GET: the description of this API (OpenAPI 3.1), for programs that are made from it.
import { apiDocument } from '@/lib/web/api/document'
import { asAppError, problemResponse } from '@/lib/web/problem'

export const dynamic = 'force-dynamic'

const open = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' }

export const GET = async (): Promise<Response> => {
  try {
    return new Response(apiDocument(), {
      headers: { ...open, 'content-type': 'application/json', 'cache-control': 'public, max-age=300' },
    })
  } catch (error) {
    return problemResponse(asAppError(error))
  }
}
