// POST: method, code → new recovery codes, shown this once.
import { acting } from '@/lib/web/action'
import { renewCodesAction } from '@/lib/web/authenticator-actions'

export const POST = acting(renewCodesAction)
