// POST: token, or what a followed link left in the flow seal → the session that the mail was about ends.
import { disownSession } from '@/lib/auth/disown'
import { AppError } from '@/lib/core/errors'
import { disownBody } from '@/lib/web/api/bodies'
import { redirectWithFlash } from '@/lib/web/form-refusal'
import { json } from '@/lib/web/reply'
import { posting } from '@/lib/web/route'

const page = { path: '/not-me', keep: [] }
const said = { code: 'done', text: 'That session has ended.', errors: {}, values: {} }

export const POST = posting(
  { body: disownBody, page },
  async ({ context, client, fields, flow, form, request, now }) => {
    const token = fields.token ?? flow.disown
    if (token === undefined) throw new AppError('invalid_link')
    await disownSession(context, token, client, now)
    return form ? redirectWithFlash(page.path, said, request, {}) : json(200, { status: 'ended' })
  },
)
