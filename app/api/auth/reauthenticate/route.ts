// POST: password → the session under a new sid, with a fresh proof. Demo users, who have no password, send none.
import { reauthenticate } from '@/lib/auth/reauthenticate'
import { mustBeFor } from '@/lib/web/action'
import { reauthenticateBody } from '@/lib/web/api/bodies'
import { requireBrowser } from '@/lib/web/require-session'
import { posting } from '@/lib/web/route'
import { reauthenticatedReply } from '@/lib/web/signed-in'

const page = { path: '/reauthenticate', keep: [] }

export const POST = posting({ body: reauthenticateBody, page }, async (call) => {
  const { context, client, fields, now } = call
  const holder = await requireBrowser(call)
  mustBeFor(holder, fields.as)
  const issued = await reauthenticate(context, holder, fields.password ?? null, client, now)
  return reauthenticatedReply(call, issued, fields)
})
