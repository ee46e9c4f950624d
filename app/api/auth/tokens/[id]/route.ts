// DELETE: a personal access token of one's own is revoked; 404 for another's.
import { act, submission } from '@/lib/web/action'
import { posting } from '@/lib/web/route'
import { revokeTokenAction } from '@/lib/web/token-actions'

export const DELETE = posting({ body: submission, page: revokeTokenAction.page }, (call) =>
  act(call, revokeTokenAction, { id: new URL(call.request.url).pathname.split('/').at(-1) }),
)
