// POST: token, or what a followed link left in the flow seal, and password → the password is changed, all sessions end.
import { resetPassword } from '@/lib/auth/reset-password'
import { AppError } from '@/lib/core/errors'
import { resetPasswordBody } from '@/lib/web/api/bodies'
import { redirectWithFlash } from '@/lib/web/form-refusal'
import { json } from '@/lib/web/reply'
import { posting } from '@/lib/web/route'

const page = { path: '/reset-password', keep: [] }
const text = 'Your password is changed and every session has ended. Sign in with it.'
const said = { code: 'done', text, errors: {}, values: {} }

export const POST = posting(
  { body: resetPasswordBody, page },
  async ({ context, client, fields, flow, form, request, now }) => {
    const token = fields.token ?? flow.reset
    if (token === undefined) throw new AppError('invalid_link')
    await resetPassword(context, { token, password: fields.password }, client, now)
    if (!form) return json(200, { status: 'password_reset' })
    return redirectWithFlash('/sign-in', said, request, {}, { change: { reset: undefined } })
  },
)
