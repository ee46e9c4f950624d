// Whoever has a session rotates the lab's ring of keys, for everybody who looks at it.
import { spend } from '../auth/limits'
import { redirectWithFlash } from '../web/form-refusal'
import { json } from '../web/reply'
import { requireBrowser } from '../web/require-session'
import type { Call } from '../web/route'
import { turnRing } from './lab-ring'

export const keysPage = { path: '/lab/keys', keep: [] }

export const turnRingForVisitor = async (call: Call<unknown>): Promise<Response> => {
  const { session } = await requireBrowser(call)
  const { client, context, form, request } = call
  const { labAttackSession, labAttackNetwork } = context.limits
  await spend([
    [labAttackSession, session.id],
    [labAttackNetwork, client.network],
  ])
  const keys = await turnRing()
  if (!form) return json(200, { keys })
  const text = 'The keys of the lab were rotated. What the old key has signed is still good.'
  return redirectWithFlash(keysPage.path, { code: 'done', text, errors: {}, values: {} }, request, {})
}
