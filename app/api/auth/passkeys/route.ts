// GET: one's own passkeys. POST: attestation, name → a new one, for the challenge in the flow seal.
import { acting } from '@/lib/web/action'
import { addPasskeyAction } from '@/lib/web/passkey-actions'
import { passkeysView } from '@/lib/web/passkeys-view'
import { json } from '@/lib/web/reply'
import { requireSession } from '@/lib/web/require-session'
import { reading } from '@/lib/web/route'

export const GET = reading(async (call) => json(200, await passkeysView(call.context, await requireSession(call))))

export const POST = acting(addPasskeyAction)
