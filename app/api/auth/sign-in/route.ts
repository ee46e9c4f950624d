// POST: email, password, remember?, next? → signed in.
import { z } from 'zod'
import { signIn } from '@/lib/auth/sign-in'
import { checkbox, emailField, heldField, passwordField } from '@/lib/web/fields'
import { posting } from '@/lib/web/route'
import { signedInReply } from '@/lib/web/signed-in'

const body = z.object({
  email: emailField,
  password: passwordField,
  remember: checkbox,
  next: z.unknown().optional(),
  held: heldField,
})
const page = { path: '/sign-in', keep: ['email', 'remember'] }

export const POST = posting({ body, page }, async (call) => {
  const { context, client, carried, fields, now } = call
  return signedInReply(call, await signIn(context, fields, carried, client, now), fields)
})
