// POST: assertion, remember?, next? → signed in.
import { passkeySignIn } from '@/lib/auth/passkey-sign-in'
import { passkeySignInBody } from '@/lib/web/api/passkey-bodies'
import { posting } from '@/lib/web/route'
import { admissionReply } from '@/lib/web/signed-in'

const page = { path: '/sign-in', keep: ['remember', 'credential'] }

export const POST = posting({ body: passkeySignInBody, page }, async (call) => {
  const { context, client, carried, fields, flow, now } = call
  return admissionReply(call, await passkeySignIn(context, fields, flow.challenge, carried, client, now), fields)
})
