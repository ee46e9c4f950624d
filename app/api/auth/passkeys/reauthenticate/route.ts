// POST: assertion → the session under a new sid, with a fresh proof.
import { passkeyStepUp } from '@/lib/auth/passkey-step-up'
import { mustBeFor } from '@/lib/web/action'
import { passkeyProofBody } from '@/lib/web/api/passkey-bodies'
import { requireBrowser } from '@/lib/web/require-session'
import { posting } from '@/lib/web/route'
import { reauthenticatedReply } from '@/lib/web/signed-in'

const page = { path: '/reauthenticate', keep: [] }

export const POST = posting({ body: passkeyProofBody, page }, async (call) => {
  const { context, client, fields, flow, now } = call
  const holder = await requireBrowser(call)
  mustBeFor(holder, fields.as)
  return reauthenticatedReply(
    call,
    await passkeyStepUp(context, holder, fields.assertion, flow.challenge, client, now),
    fields,
  )
})
