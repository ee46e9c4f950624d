// GET: who is signed in here, and until when.
import { json } from '@/lib/web/reply'
import { requireSession } from '@/lib/web/require-session'
import { reading } from '@/lib/web/route'
import { sessionView, tokenView, userView } from '@/lib/web/session-view'

export const GET = reading(async (call) => {
  const { user, session, claims } = await requireSession(call)
  return json(200, { user: userView(user), session: sessionView(session), token: tokenView(claims) })
})
