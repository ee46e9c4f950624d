// POST: id, name → a passkey of one's own has another name.
import { acting } from '@/lib/web/action'
import { renamePasskeyAction } from '@/lib/web/passkey-actions'

export const POST = acting(renamePasskeyAction)
