// POST: method, code → the app is off and all other sessions end.
import { acting } from '@/lib/web/action'
import { removeTotpAction } from '@/lib/web/authenticator-actions'

export const POST = acting(removeTotpAction)
