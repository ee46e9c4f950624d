// GET: who is signed in here, or whose script this is, and until when.
import { json } from '@/lib/web/reply'
import { requireCaller } from '@/lib/web/require-session'
import { reading } from '@/lib/web/route'
import { sessionView, tokenView, userView } from '@/lib/web/session-view'

export const GET = reading(async (call) => {
  const caller = await requireCaller(call)
  const session = 'session' in caller ? sessionView(caller.session) : null
  return json(200, { user: userView(caller.user), session, token: tokenView(caller.claims) })
})
