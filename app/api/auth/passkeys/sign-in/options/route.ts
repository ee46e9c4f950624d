// POST: nothing → what the browser needs to use a passkey, its challenge kept in the flow seal.
import { beginPasskeySignIn } from '@/lib/auth/passkey-sign-in'
import { nothing } from '@/lib/web/api/bodies'
import { sealFlow } from '@/lib/web/flow'
import { json } from '@/lib/web/reply'
import { posting } from '@/lib/web/route'

export const POST = posting({ body: nothing, page: null }, async ({ context, flow, now }) => {
  const { options, challenge } = await beginPasskeySignIn(context, now)
  return json(200, options, [await sealFlow(context, { ...flow, challenge }, now)])
})
