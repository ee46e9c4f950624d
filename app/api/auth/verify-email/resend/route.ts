// POST: another code for the sign-up that this browser has under way → 202, the same for known and unknown addresses.
import { resendVerification } from '@/lib/auth/sign-up'
import { AppError } from '@/lib/core/errors'
import { nothing } from '@/lib/web/api/bodies'
import { sealFlow } from '@/lib/web/flow'
import { redirectWithFlash } from '@/lib/web/form-refusal'
import { json } from '@/lib/web/reply'
import { posting } from '@/lib/web/route'

const sent = {
  code: 'verification_sent',
  text: 'We sent another mail. An older code no longer works.',
  errors: {},
  values: {},
}
const page = { path: '/verify-email', keep: [] }

export const POST = posting({ body: nothing, page }, async ({ context, request, flow, form, now }) => {
  if (!flow.pending)
    throw new AppError('invalid_code', { detail: 'No sign-up is under way in this browser. Sign up again.' })
  await resendVerification(context, flow.pending, now)
  if (form) return redirectWithFlash('/verify-email', sent, request, {})
  const cookies = [await sealFlow(context, { pending: flow.pending }, now)]
  return json(202, { status: 'verification_sent' }, cookies)
})
