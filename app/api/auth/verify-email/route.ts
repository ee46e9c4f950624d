// POST: code (the flow cookie says for whom), token, or link=1 (the token is in the flow cookie) → signed in.
import { z } from 'zod'
import { verifyByCode, verifyByToken } from '@/lib/auth/verify-email'
import { AppError } from '@/lib/core/errors'
import { codeField } from '@/lib/web/fields'
import { posting } from '@/lib/web/route'
import { signedInReply } from '@/lib/web/signed-in'

const token = z.string().max(128)
const body = z.object({ code: codeField.optional(), token: token.optional(), link: z.literal('1').optional() })
const page = ({ link }: Record<string, unknown>) => ({
  path: link === '1' ? '/verify-email/confirm' : '/verify-email',
  keep: [],
})

export const POST = posting({ body, page }, async (call) => {
  const { context, client, carried, fields, flow, now } = call
  const pending = flow.pending ?? null
  const text = fields.token ?? (fields.link && flow.link)
  if (text) return signedInReply(call, await verifyByToken(context, text, pending, carried, client, now), {})
  if (fields.link) throw new AppError('invalid_link')
  if (!fields.code) throw new AppError('invalid_fields', { errors: { code: 'Enter the six digits of the code.' } })
  return signedInReply(call, await verifyByCode(context, fields.code, pending, carried, client, now), {})
})
