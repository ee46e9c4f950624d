// POST: email, remember?, next? → 202, the same for known and unknown addresses; a code goes to the known ones.
import { askForCode } from '@/lib/auth/email-sign-in'
import { safeRedirect } from '@/lib/core/redirect'
import { emailSignInBody } from '@/lib/web/api/bodies'
import { sealFlow } from '@/lib/web/flow'
import { json, seeOther } from '@/lib/web/reply'
import { posting } from '@/lib/web/route'

const page = { path: '/sign-in', keep: ['email', 'remember'] }

export const POST = posting({ body: emailSignInBody, page }, async ({ context, client, fields, flow, form, now }) => {
  const { pending } = await askForCode(context, fields, client, now)
  const cookies = [await sealFlow(context, { held: flow.held, mailed: pending }, now)]
  if (!form) return json(202, { status: 'code_sent' }, cookies)
  const next = safeRedirect(fields.next, '')
  const query = new URLSearchParams({ ...(next && { next }), ...(fields.held && { held: fields.held }) })
  return seeOther(`/sign-in/email?${query}`, cookies)
})
