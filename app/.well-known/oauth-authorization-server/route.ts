// GET: where services find what they need to take our tokens (RFC 8414).
import { currentContext } from '@/lib/web/context'
import { asAppError, problemResponse } from '@/lib/web/problem'

export const dynamic = 'force-dynamic'

const open = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' }

export const GET = async (): Promise<Response> => {
  try {
    const { APP_URL, JWT_ISSUER } = (await currentContext()).env
    const tokens = `${APP_URL}/api/auth/token`
    const metadata = {
      // As it is in every token, byte for byte (RFC 8414 §3.3).
      issuer: JWT_ISSUER,
      token_endpoint: tokens,
      jwks_uri: `${APP_URL}/.well-known/jwks.json`,
      // There is no authorization endpoint; the member must be there all the same (§2).
      response_types_supported: [],
      // Extension grants go by URIs of their own (RFC 6749 §4.5): a session's cookies, and a personal access token.
      grant_types_supported: [`${tokens}#session`, `${tokens}#personal-access-token`],
      token_endpoint_auth_methods_supported: ['none'],
      revocations_uri: `${APP_URL}/.well-known/revocations`,
    }
    return new Response(JSON.stringify(metadata), {
      headers: { ...open, 'content-type': 'application/json', 'cache-control': 'public, max-age=3600' },
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
