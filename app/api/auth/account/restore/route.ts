// POST: token, or what a followed link left in the flow seal → the account is back.
import { undoDeletion } from '@/lib/auth/delete-account'
import { AppError } from '@/lib/core/errors'
import { disownBody } from '@/lib/web/api/bodies'
import { redirectWithFlash } from '@/lib/web/form-refusal'
import { json } from '@/lib/web/reply'
import { posting } from '@/lib/web/route'

const page = { path: '/undo-deletion', keep: [] }
const said = { code: 'done', text: 'Your account is back. Sign in as before.', errors: {}, values: {} }

export const POST = posting(
  { body: disownBody, page },
  async ({ context, client, fields, flow, form, request, now }) => {
    const token = fields.token ?? flow.undoDeletion
    if (token === undefined) throw new AppError('invalid_link')
    await undoDeletion(context, token, client, now)
    if (!form) return json(200, { status: 'account_restored' })
    return redirectWithFlash('/sign-in', said, request, {}, { change: { undoDeletion: undefined } })
  },
)
