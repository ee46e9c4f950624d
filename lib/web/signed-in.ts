// The answer that starts a session, whichever way the person came in.
import type { SignedIn } from '../auth/issue-session'
import { safeRedirect } from '../core/redirect'
import { clearFlow, sessionCookies } from './cookies'
import { json, seeOther } from './reply'
import type { Call } from './route'
import { sessionView, userView } from './session-view'

export const home = '/dashboard'

export const signedInReply = (
  { form, context, now }: Call<unknown>,
  { user, session, tokens }: SignedIn,
  next: unknown,
): Response => {
  const cookies = [...sessionCookies(tokens, context.env, now), clearFlow(context.env)]
  if (form) return seeOther(safeRedirect(next, home), cookies)
  return json(200, { status: 'signed_in', user: userView(user), session: sessionView(session) }, cookies)
}
