// GET: 200 with a session, 401 without. The gate looks at nothing here, so that the handler's verdict is seen alone.
import { json } from '@/lib/web/reply'
import { requireSession } from '@/lib/web/require-session'
import { reading } from '@/lib/web/route'

export const GET = reading(async (call) => {
  await requireSession(call)
  return json(200, { signedIn: true })
})
