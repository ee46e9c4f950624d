// POST: id → that passkey is removed and all other sessions end.
import { acting } from '@/lib/web/action'
import { removePasskeyAction } from '@/lib/web/passkey-actions'

export const POST = acting(removePasskeyAction)
