// POST: code → the app counts, all other sessions end, and there are recovery codes.
import { acting } from '@/lib/web/action'
import { confirmTotpAction } from '@/lib/web/authenticator-actions'

export const POST = acting(confirmTotpAction)
