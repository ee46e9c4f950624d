// POST: audience → a bearer token for that service, five minutes long.
import { z } from 'zod'
import { grantOfSession, mintServiceToken } from '@/lib/auth/service-token'
import { json } from '@/lib/web/reply'
import { requireBrowser } from '@/lib/web/require-session'
import { posting } from '@/lib/web/route'

const body = z.object({ audience: z.unknown() })

export const POST = posting({ body, page: null }, async (call) => {
  const { context, fields, now } = call
  const grant = grantOfSession(await requireBrowser(call))
  const { token, life } = await mintServiceToken(context, grant, fields.audience, now)
  return json(200, { access_token: token, token_type: 'Bearer', expires_in: life })
})
