// POST: code (the flow cookie says whose) → signed in, or asked for the second factor.
import { signInByCode } from '@/lib/auth/email-sign-in'
import { mailedCodeBody } from '@/lib/web/api/bodies'
import { posting } from '@/lib/web/route'
import { admissionReply } from '@/lib/web/signed-in'

const page = { path: '/sign-in/email', keep: [] }

export const POST = posting({ body: mailedCodeBody, page }, async (call) => {
  const { context, client, carried, fields, flow, now } = call
  return admissionReply(call, await signInByCode(context, fields.code, flow.mailed, carried, client, now), fields)
})
