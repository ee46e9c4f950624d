// POST: token, or what a followed link left in the flow seal → the address before is back, all sessions end.
import { undoNewEmail } from '@/lib/auth/change-email'
import { AppError } from '@/lib/core/errors'
import { disownBody } from '@/lib/web/api/bodies'
import { redirectWithFlash } from '@/lib/web/form-refusal'
import { json } from '@/lib/web/reply'
import { posting } from '@/lib/web/route'

const page = { path: '/undo-email', keep: [] }
const text = 'Your address is back and every session has ended. Now choose a new password.'
const said = { code: 'done', text, errors: {}, values: {} }

export const POST = posting(
  { body: disownBody, page },
  async ({ context, client, fields, flow, form, request, now }) => {
    const token = fields.token ?? flow.undoEmail
    if (token === undefined) throw new AppError('invalid_link')
    await undoNewEmail(context, token, client, now)
    if (!form) return json(200, { status: 'email_restored' })
    return redirectWithFlash('/forgot-password', said, request, {}, { change: { undoEmail: undefined } })
  },
)
