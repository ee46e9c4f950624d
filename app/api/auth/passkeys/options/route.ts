// POST: nothing → what the browser needs to make a passkey, its challenge kept in the flow seal.
import { acting } from '@/lib/web/action'
import { beginPasskeyAction } from '@/lib/web/passkey-actions'

export const POST = acting(beginPasskeyAction)
