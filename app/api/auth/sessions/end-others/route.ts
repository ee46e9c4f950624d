// POST: all sessions of the user end but this one.
import { acting } from '@/lib/web/action'
import { endOthersAction } from '@/lib/web/session-actions'

export const POST = acting(endOthersAction)
