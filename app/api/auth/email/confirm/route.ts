// POST: code → the new address is yours, and the one before is told.
import { acting } from '@/lib/web/action'
import { confirmEmailAction } from '@/lib/web/profile-actions'

export const POST = acting(confirmEmailAction)
