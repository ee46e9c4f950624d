// POST: name, email, password → 202, the same for known and unknown addresses.
import { z } from 'zod'
import { signUp } from '@/lib/auth/sign-up'
import { emailField, nameField, newPasswordField } from '@/lib/web/fields'
import { sealFlow } from '@/lib/web/flow'
import { json, seeOther } from '@/lib/web/reply'
import { posting } from '@/lib/web/route'

const body = z.object({ name: nameField, email: emailField, password: newPasswordField })
const page = { path: '/sign-up', keep: ['name', 'email'] }

export const POST = posting({ body, page }, async ({ context, client, fields, form, now }) => {
  const pending = await signUp(context, fields, client, now)
  const cookies = [await sealFlow(context, { pending }, now)]
  return form ? seeOther('/verify-email', cookies) : json(202, { status: 'verification_sent' }, cookies)
})
