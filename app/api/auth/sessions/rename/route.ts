// POST: id, name → a session of one's own is called so; an empty name takes it away.
import { acting } from '@/lib/web/action'
import { renameAction } from '@/lib/web/session-actions'

export const POST = acting(renameAction)
