// POST: nothing → whether there is a password, and what the browser needs to use a passkey, where there is one.
import { beginPasskeyStepUp } from '@/lib/auth/passkey-step-up'
import { nothing } from '@/lib/web/api/bodies'
import { sealFlow } from '@/lib/web/flow'
import { json } from '@/lib/web/reply'
import { requireBrowser } from '@/lib/web/require-session'
import { posting } from '@/lib/web/route'

export const POST = posting({ body: nothing, page: null }, async (call) => {
  const { context, flow, now } = call
  const { password, begun } = await beginPasskeyStepUp(context, await requireBrowser(call), now)
  if (!begun) return json(200, { password, options: null })
  const { options, challenge } = begun
  return json(200, { password, options }, [await sealFlow(context, { ...flow, challenge }, now)])
})
