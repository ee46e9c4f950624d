// DELETE: a session of one's own ends; 404 for another's.
import { act, submission } from '@/lib/web/action'
import { posting } from '@/lib/web/route'
import { endAction } from '@/lib/web/session-actions'

export const DELETE = posting({ body: submission, page: endAction.page }, (call) =>
  act(call, endAction, { id: new URL(call.request.url).pathname.split('/').at(-1) }),
)
