// POST: → 202; a code for a fresh proof goes to whoever is signed in and has no password.
import { askForProofCode } from '@/lib/auth/mailed-proof'
import { safeRedirect } from '@/lib/core/redirect'
import { mustBeFor } from '@/lib/web/action'
import { ofHolderBody } from '@/lib/web/api/bodies'
import { sealFlow } from '@/lib/web/flow'
import { redirectWithFlash } from '@/lib/web/form-refusal'
import { json } from '@/lib/web/reply'
import { requireBrowser } from '@/lib/web/require-session'
import { posting } from '@/lib/web/route'

const page = { path: '/reauthenticate', keep: [] }
const said = { code: 'done', text: 'We sent a mail. Enter its code below.', errors: {}, values: {} }

export const POST = posting({ body: ofHolderBody, page }, async (call) => {
  const { context, client, fields, flow, form, request, now } = call
  const holder = await requireBrowser(call)
  mustBeFor(holder, fields.as)
  const mailedProof = await askForProofCode(context, holder, client, now)
  if (!form) return json(202, { status: 'code_sent' }, [await sealFlow(context, { ...flow, mailedProof }, now)])
  const next = safeRedirect(fields.next, '')
  const query = { ...(next && { next }), ...(fields.held && { held: fields.held }) }
  return redirectWithFlash(page.path, said, request, query, { change: { mailedProof } })
})
