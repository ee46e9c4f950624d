// POST: another code for the sign-up that this browser has under way → 202, the same for known and unknown addresses.
import { z } from 'zod'
import { resendVerification } from '@/lib/auth/sign-up'
import { AppError } from '@/lib/core/errors'
import { sealFlow } from '@/lib/web/flow'
import { json, seeOther } from '@/lib/web/reply'
import { posting } from '@/lib/web/route'

const page = { path: '/verify-email', keep: [] }

export const POST = posting({ body: z.object({}), page }, async ({ context, flow, form, now }) => {
  if (!flow.pending)
    throw new AppError('invalid_code', { detail: 'No sign-up is under way in this browser. Sign up again.' })
  await resendVerification(context, flow.pending, now)
  const cookies = [await sealFlow(context, { pending: flow.pending }, now)]
  return form ? seeOther('/verify-email', cookies) : json(202, { status: 'verification_sent' }, cookies)
})
