// POST: → everything that is kept about whoever is signed in, as a file. After a fresh proof.
import { exportData } from '@/lib/auth/export-data'
import { isFresh } from '@/lib/core/session-state'
import { mustBeFor } from '@/lib/web/action'
import { ofHolderBody } from '@/lib/web/api/bodies'
import { redirectWithFlash } from '@/lib/web/form-refusal'
import { ownDataView } from '@/lib/web/own-data-view'
import { json } from '@/lib/web/reply'
import { mustBeFresh, requireBrowser } from '@/lib/web/require-session'
import { posting } from '@/lib/web/route'

const page = { path: '/settings/data', keep: [] }
const first = {
  code: 'reauthentication_required',
  text: 'Confirm that it is you, then press Download again.',
  errors: {},
  values: {},
}

export const POST = posting({ body: ofHolderBody, page }, async (call) => {
  const { context, client, fields, form, request, now } = call
  const holder = await requireBrowser(call)
  mustBeFor(holder, fields.as)
  // A file can't come of itself after the step-up: the person asks again.
  if (form && !isFresh(holder.session, now))
    return redirectWithFlash('/reauthenticate', first, request, { next: page.path })
  mustBeFresh(holder, now)
  const response = json(200, ownDataView(await exportData(context, holder, client, now), now))
  response.headers.set('content-disposition', 'attachment; filename="account.json"')
  return response
})
