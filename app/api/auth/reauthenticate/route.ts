// POST: password, or code of the authenticator app → the session under a new sid, with a fresh proof. Demo users, who have no password, send none.
import type { z } from 'zod'
import { reauthenticate } from '@/lib/auth/reauthenticate'
import { mustBeFor } from '@/lib/web/action'
import { reauthenticateBody } from '@/lib/web/api/bodies'
import { requireBrowser } from '@/lib/web/require-session'
import { posting } from '@/lib/web/route'
import { reauthenticatedReply } from '@/lib/web/signed-in'

type Fields = z.infer<typeof reauthenticateBody>

const proofIn = ({ password, code }: Fields) => {
  if (password !== undefined) return { password }
  return code === undefined ? null : { code }
}

const page = { path: '/reauthenticate', keep: [] }

export const POST = posting({ body: reauthenticateBody, page }, async (call) => {
  const { context, client, fields, now } = call
  const holder = await requireBrowser(call)
  mustBeFor(holder, fields.as)
  const issued = await reauthenticate(context, holder, proofIn(fields), client, now)
  return reauthenticatedReply(call, issued, fields)
})
