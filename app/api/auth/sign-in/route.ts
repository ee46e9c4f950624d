// POST: email, password, remember?, next? → signed in, or asked for the second factor.
import { signIn } from '@/lib/auth/sign-in'
import { signInBody } from '@/lib/web/api/bodies'
import { posting } from '@/lib/web/route'
import { admissionReply } from '@/lib/web/signed-in'

const page = { path: '/sign-in', keep: ['email', 'remember'] }

export const POST = posting({ body: signInBody, page }, async (call) => {
  const { context, client, carried, fields, now } = call
  return admissionReply(call, await signIn(context, fields, carried, client, now), fields)
})
