// POST: next?, link? → on to the provider. A page leads there rather than a redirect: our policy lets forms lead nowhere else
// (CSP form-action covers what a redirect leads to, and providers redirect as they like).
import { beginWithProvider } from '@/lib/auth/provider-sign-in'
import { safeRedirect } from '@/lib/core/redirect'
import { isFresh } from '@/lib/core/session-state'
import { mustBeFor } from '@/lib/web/action'
import { providerBody } from '@/lib/web/api/bodies'
import { sealFlow } from '@/lib/web/flow'
import { redirectWithFlash } from '@/lib/web/form-refusal'
import { onwardsPage } from '@/lib/web/onwards-page'
import { json } from '@/lib/web/reply'
import { mustBeFresh, requireBrowser } from '@/lib/web/require-session'
import { type Call, posting } from '@/lib/web/route'

const security = '/settings/security'
const page = ({ link }: Record<string, unknown>) => ({ path: link === '1' ? security : '/sign-in', keep: [] })
const first = {
  code: 'reauthentication_required',
  text: 'Confirm that it is you, then press Connect again.',
  errors: {},
  values: {},
}

/** Who connects an account must have proven lately who they are. @returns `null` when they are asked for that first */
const mustHold = async (call: Call<{ as?: string | undefined }>): Promise<string | null> => {
  const holder = await requireBrowser(call)
  mustBeFor(holder, call.fields.as)
  if (call.form && !isFresh(holder.session, call.now)) return null
  mustBeFresh(holder, call.now)
  return holder.user.id
}

export const POST = posting({ body: providerBody, page }, async (call) => {
  const { context, client, fields, flow, form, request, now } = call
  const id = new URL(request.url).pathname.split('/').at(-1) ?? ''
  const userId = fields.link ? await mustHold(call) : null
  if (fields.link && userId === null) return redirectWithFlash('/reauthenticate', first, request, { next: security })
  const next = fields.link ? security : safeRedirect(fields.next, '')
  const { attempt, url } = await beginWithProvider(context, id, { userId, next }, client, now)
  const cookies = [await sealFlow(context, { held: flow.held, provider: attempt }, now)]
  return form ? onwardsPage(request, url, cookies) : json(200, { authorization_url: url }, cookies)
})
