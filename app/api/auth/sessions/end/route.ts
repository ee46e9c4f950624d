// POST: id → that session of one's own ends. What a form sends in place of DELETE.
import { acting } from '@/lib/web/action'
import { endAction } from '@/lib/web/session-actions'

export const POST = acting(endAction)
