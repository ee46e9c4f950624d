// POST: audience → a bearer token for that service, five minutes long. By the cookies of a session, or by a personal access
// token in the Authorization header: never by a bearer token, which would renew itself.
import type { z } from 'zod'
import { grantOfPersonalToken, isPersonalSecret } from '@/lib/auth/personal-tokens'
import { type Grant, grantOfSession, mintServiceToken } from '@/lib/auth/service-token'
import { tokenBody } from '@/lib/web/api/bodies'
import { json } from '@/lib/web/reply'
import { requireBrowser } from '@/lib/web/require-session'
import { type Call, posting } from '@/lib/web/route'

const grantOf = async (call: Call<z.infer<typeof tokenBody>>): Promise<Grant> => {
  const { context, carried, fields, client, now } = call
  const { bearer, problem } = carried
  // Beside cookies it would be a second identity.
  return bearer !== undefined && isPersonalSecret(bearer) && problem === 'missing'
    ? grantOfPersonalToken(context, bearer, fields.audience, client, now)
    : grantOfSession(await requireBrowser(call))
}

export const POST = posting({ body: tokenBody, page: null }, async (call) => {
  const { context, fields, now } = call
  const { token, life } = await mintServiceToken(context, await grantOf(call), fields.audience, now)
  return json(200, { access_token: token, token_type: 'Bearer', expires_in: life })
})
