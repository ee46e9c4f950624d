// POST: password, code of the authenticator app, or code of a mail → the session under a new sid, with a fresh proof. Demo users, who have no password, send none.
import type { z } from 'zod'
import { type Proof, reauthenticate } from '@/lib/auth/reauthenticate'
import { mustBeFor } from '@/lib/web/action'
import { reauthenticateBody } from '@/lib/web/api/bodies'
import type { Flow } from '@/lib/web/flow'
import { requireBrowser } from '@/lib/web/require-session'
import { posting } from '@/lib/web/route'
import { reauthenticatedReply } from '@/lib/web/signed-in'

type Fields = z.infer<typeof reauthenticateBody>

const proofIn = ({ password, code, mailCode }: Fields, flow: Flow): Proof | null => {
  if (password !== undefined) return { password }
  if (mailCode !== undefined) return { mailed: { code: mailCode, pending: flow.mailedProof } }
  return code === undefined ? null : { code }
}

const page = { path: '/reauthenticate', keep: [] }

export const POST = posting({ body: reauthenticateBody, page }, async (call) => {
  const { context, client, fields, now } = call
  const holder = await requireBrowser(call)
  mustBeFor(holder, fields.as)
  const issued = await reauthenticate(context, holder, proofIn(fields, call.flow), client, now)
  return reauthenticatedReply(call, issued, fields)
})
