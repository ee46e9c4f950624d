// POST: a session of a throw-away user, in local mode.
import { startDemo } from '@/lib/auth/demo'
import { AppError } from '@/lib/core/errors'
import { demoBody } from '@/lib/web/api/bodies'
import { posting } from '@/lib/web/route'
import { signedInReply } from '@/lib/web/signed-in'

const page = { path: '/sign-in', keep: [] }

export const POST = posting({ body: demoBody, page }, async (call) => {
  const { context, client, carried, fields, now } = call
  if (!context.env.local) throw new AppError('not_found')
  return signedInReply(call, await startDemo(context, carried, client, now), fields)
})
