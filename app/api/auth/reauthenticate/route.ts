// POST: password → the session under a new sid, with a fresh proof. Demo users, who have no password, send none.
import { z } from 'zod'
import { reauthenticate } from '@/lib/auth/reauthenticate'
import { mustBeFor } from '@/lib/web/action'
import { asField, heldField, passwordField } from '@/lib/web/fields'
import { requireBrowser } from '@/lib/web/require-session'
import { posting } from '@/lib/web/route'
import { reauthenticatedReply } from '@/lib/web/signed-in'

const body = z.object({
  password: passwordField.optional(),
  as: asField,
  next: z.unknown().optional(),
  held: heldField,
})
const page = { path: '/reauthenticate', keep: [] }

export const POST = posting({ body, page }, async (call) => {
  const { context, client, fields, now } = call
  const holder = await requireBrowser(call)
  mustBeFor(holder, fields.as)
  const issued = await reauthenticate(context, holder, fields.password ?? null, client, now)
  return reauthenticatedReply(call, issued, fields)
})
