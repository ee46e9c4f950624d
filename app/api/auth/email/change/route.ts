// POST: email → a code is on its way there, whoever has that address.
import { acting } from '@/lib/web/action'
import { newEmailAction } from '@/lib/web/profile-actions'

export const POST = acting(newEmailAction)
