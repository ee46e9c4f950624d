// POST: code (the flow cookie says for whom), token, or link=1 (the token is in the flow cookie) → signed in.
import { verifyByCode, verifyByToken } from '@/lib/auth/verify-email'
import { AppError } from '@/lib/core/errors'
import { verifyEmailBody } from '@/lib/web/api/bodies'
import { posting } from '@/lib/web/route'
import { signedInReply } from '@/lib/web/signed-in'

const page = ({ link }: Record<string, unknown>) => ({
  path: link === '1' ? '/verify-email/confirm' : '/verify-email',
  keep: [],
})

export const POST = posting({ body: verifyEmailBody, page }, async (call) => {
  const { context, client, carried, fields, flow, now } = call
  const pending = flow.pending ?? null
  const text = fields.token ?? (fields.link && flow.link)
  if (text) return signedInReply(call, await verifyByToken(context, text, pending, carried, client, now), {})
  if (fields.link) throw new AppError('invalid_link')
  if (!fields.code) throw new AppError('invalid_fields', { errors: { code: 'Enter the six digits of the code.' } })
  return signedInReply(call, await verifyByCode(context, fields.code, pending, carried, client, now), {})
})
