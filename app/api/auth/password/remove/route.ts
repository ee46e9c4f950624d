// POST: nothing → the account has no password any more, all other sessions end.
import { acting } from '@/lib/web/action'
import { removePasswordAction } from '@/lib/web/password-actions'

export const POST = acting(removePasswordAction)
