// GET ?after=: one's own sessions that live, this one first, the others by when they were last seen, page by page.

import { readCursor, sessionsPage } from '@/lib/web/own-sessions-view'
import { json } from '@/lib/web/reply'
import { requireSession } from '@/lib/web/require-session'
import { reading } from '@/lib/web/route'

export const GET = reading(async (call) => {
  const holder = await requireSession(call)
  const after = readCursor(new URL(call.request.url).searchParams.get('after'))
  return json(200, await sessionsPage(call.context, holder, after, call.now))
})
