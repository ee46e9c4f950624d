// POST: currentPassword, newPassword → the password is changed, all other sessions end, this one gets a new sid.
import { changePassword } from '@/lib/auth/change-password'
import { mustBeFor } from '@/lib/web/action'
import { changePasswordBody } from '@/lib/web/api/bodies'
import { sessionCookies } from '@/lib/web/cookies'
import { redirectWithFlash } from '@/lib/web/form-refusal'
import { json } from '@/lib/web/reply'
import { requireBrowser, requireFresh } from '@/lib/web/require-session'
import { posting } from '@/lib/web/route'
import { sessionView, userView } from '@/lib/web/session-view'

const page = { path: '/settings/security', keep: [] }
const said = {
  code: 'done',
  text: 'Your password is changed. All your other sessions have ended.',
  errors: {},
  values: {},
}

export const POST = posting({ body: changePasswordBody, page }, async (call) => {
  const { context, client, fields, form, request, now, setCookies } = call
  // A form brings the proof along: the current password. A program's session must be fresh by itself.
  const holder = form ? await requireBrowser(call) : await requireFresh(call)
  mustBeFor(holder, fields.as)
  const { user, session, tokens } = await changePassword(context, holder, fields, client, now)
  setCookies.push(...sessionCookies(tokens, context.env, now))
  if (form) return redirectWithFlash(page.path, said, request, {})
  return json(200, { status: 'password_changed', user: userView(user), session: sessionView(session) })
})
