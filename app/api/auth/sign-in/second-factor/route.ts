// POST: method, code (the flow cookie says whose) → signed in. After too long, back to the beginning.
import { completeSignIn } from '@/lib/auth/second-factor'
import { refusals } from '@/lib/core/errors'
import { safeRedirect } from '@/lib/core/redirect'
import { secondFactorBody } from '@/lib/web/api/bodies'
import { redirectWithFlash } from '@/lib/web/form-refusal'
import { asAppError } from '@/lib/web/problem'
import { posting } from '@/lib/web/route'
import { signedInReply } from '@/lib/web/signed-in'

const page = { path: '/sign-in/second-factor', keep: ['method'] }

export const POST = posting({ body: secondFactorBody, page }, async (call) => {
  const { context, client, carried, fields, flow, form, request, now } = call
  try {
    return signedInReply(call, await completeSignIn(context, flow.factor, fields, carried, client, now), fields)
  } catch (error) {
    const refusal = asAppError(error)
    if (refusal.code !== 'sign_in_expired' || !form) throw error
    const next = safeRedirect(fields.next, '')
    const query = { ...(next && { next }), ...(fields.held && { held: fields.held }) }
    const said = { code: refusal.code, text: refusals[refusal.code].title, errors: {}, values: {} }
    return redirectWithFlash('/sign-in', said, request, query, { change: { factor: undefined } })
  }
})
