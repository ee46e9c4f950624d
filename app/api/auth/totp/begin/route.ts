// POST: nothing → a secret for an authenticator app, kept in the flow seal until it is confirmed.
import { acting } from '@/lib/web/action'
import { beginTotpAction } from '@/lib/web/authenticator-actions'

export const POST = acting(beginTotpAction)
