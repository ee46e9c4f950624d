// POST: provider → that account no longer signs in, and all other sessions end.
import { acting } from '@/lib/web/action'
import { disconnectAction } from '@/lib/web/connected-actions'

export const POST = acting(disconnectAction)
