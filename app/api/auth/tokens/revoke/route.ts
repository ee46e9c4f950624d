// POST: id → that token of one's own is revoked. What a form sends in place of DELETE.
import { acting } from '@/lib/web/action'
import { revokeTokenAction } from '@/lib/web/token-actions'

export const POST = acting(revokeTokenAction)
