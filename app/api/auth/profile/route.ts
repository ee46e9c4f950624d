// POST: name → you are called that.
import { acting } from '@/lib/web/action'
import { changeNameAction } from '@/lib/web/profile-actions'

export const POST = acting(changeNameAction)
