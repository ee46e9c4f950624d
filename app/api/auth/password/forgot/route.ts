// POST: email → 202, the same for known and unknown addresses; a link goes to the known ones.
import { forgotPassword } from '@/lib/auth/forgot-password'
import { forgotPasswordBody } from '@/lib/web/api/bodies'
import { redirectWithFlash } from '@/lib/web/form-refusal'
import { json } from '@/lib/web/reply'
import { posting } from '@/lib/web/route'

const page = { path: '/forgot-password', keep: ['email'] }
const text = 'If there is an account for this address, a link is on its way to it. It is good for 30 minutes.'

export const POST = posting(
  { body: forgotPasswordBody, page },
  async ({ context, client, fields, form, request, now }) => {
    await forgotPassword(context, fields.email, client, now)
    if (!form) return json(202, { status: 'reset_sent' })
    const said = { code: 'done', text, errors: {}, values: { email: fields.email } }
    return redirectWithFlash(page.path, said, request, {})
  },
)
