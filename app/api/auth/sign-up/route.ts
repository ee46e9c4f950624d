// POST: name, email, password → 202, the same for known and unknown addresses.
import { signUp } from '@/lib/auth/sign-up'
import { signUpBody } from '@/lib/web/api/bodies'
import { sealFlow } from '@/lib/web/flow'
import { json, seeOther } from '@/lib/web/reply'
import { posting } from '@/lib/web/route'

const page = { path: '/sign-up', keep: ['name', 'email'] }

export const POST = posting({ body: signUpBody, page }, async ({ context, client, fields, form, now }) => {
  const pending = await signUp(context, fields, client, now)
  const cookies = [await sealFlow(context, { pending }, now)]
  return form ? seeOther('/verify-email', cookies) : json(202, { status: 'verification_sent' }, cookies)
})
