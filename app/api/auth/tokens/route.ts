// GET: one's own personal access tokens. POST: name, audience, days → a new one, with the secret that is shown this once.
import { acting } from '@/lib/web/action'
import { tokensView } from '@/lib/web/personal-tokens-view'
import { json } from '@/lib/web/reply'
import { requireSession } from '@/lib/web/require-session'
import { reading } from '@/lib/web/route'
import { makeTokenAction } from '@/lib/web/token-actions'

export const GET = reading(async (call) => json(200, await tokensView(call.context, await requireSession(call))))

export const POST = acting(makeTokenAction)
