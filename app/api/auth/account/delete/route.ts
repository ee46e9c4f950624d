// POST: confirm → the account is deleted and every session over; a mail can undo it for seven days.
import { deleteAccountAction } from '@/lib/web/account-actions'
import { acting } from '@/lib/web/action'

export const POST = acting(deleteAccountAction)
