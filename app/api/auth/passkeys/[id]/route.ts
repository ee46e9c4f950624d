// DELETE: a passkey of one's own is removed; 404 for another's.
import { act, submission } from '@/lib/web/action'
import { removePasskeyAction } from '@/lib/web/passkey-actions'
import { posting } from '@/lib/web/route'

export const DELETE = posting({ body: submission, page: removePasskeyAction.page }, (call) =>
  act(call, removePasskeyAction, { id: new URL(call.request.url).pathname.split('/').at(-1) }),
)
