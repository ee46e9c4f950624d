// POST: newPassword → an account that had no password has one. No action: a password is not held in a seal.
import { setPassword } from '@/lib/auth/own-password'
import { mustBeFor } from '@/lib/web/action'
import { setPasswordBody } from '@/lib/web/api/passkey-bodies'
import { redirectWithFlash } from '@/lib/web/form-refusal'
import { json } from '@/lib/web/reply'
import { requireFresh } from '@/lib/web/require-session'
import { posting } from '@/lib/web/route'

const page = { path: '/settings/security', keep: [] }
const said = { code: 'done', text: 'Your account has a password now.', errors: {}, values: {} }

export const POST = posting({ body: setPasswordBody, page }, async (call) => {
  const { context, client, fields, form, request, now } = call
  const holder = await requireFresh(call)
  mustBeFor(holder, fields.as)
  await setPassword(context, holder, fields.newPassword, client, now)
  return form ? redirectWithFlash(page.path, said, request, {}) : json(200, { status: 'password_set' })
})
