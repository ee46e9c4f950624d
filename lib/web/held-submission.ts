// A form that was sent too late goes through after all: once, for the person who sent it, and for nobody else.
import type { Holder } from '../auth/own-sessions'
import { deleteAccountAction } from './account-actions'
import type { Action, Done } from './action'
import { authenticatorActions } from './authenticator-actions'
import { disconnectAction } from './connected-actions'
import { accessCookie, sessionCookies } from './cookies'
import { passkeyActions } from './passkey-actions'
import { removePasswordAction } from './password-actions'
import { asAppError } from './problem'
import { profileActions } from './profile-actions'
import type { Call } from './route'
import { endAction, endOthersAction, renameAction } from './session-actions'
import { makeTokenAction, revokeTokenAction } from './token-actions'

/** All that a flow seal may hold. */
const holdableActions: readonly Action[] = [
  renameAction,
  endAction,
  endOthersAction,
  makeTokenAction,
  revokeTokenAction,
  ...authenticatorActions,
  ...passkeyActions,
  removePasswordAction,
  ...profileActions,
  deleteAccountAction,
  disconnectAction,
]

export type Resumed = { page: string; code: string; text: string; shown?: Done['shown']; flow?: Done['flow'] }

/**
 * @param holder who has just signed in or confirmed
 * @param asked id of the submission that the form was there for
 * @returns what to say of it, or `null` when nothing was held
 */
export const resumeHeld = async (
  call: Call<unknown>,
  holder: Holder,
  asked: string | undefined,
): Promise<Resumed | null> => {
  const { context, flow, client, now, setCookies } = call
  const { held } = flow
  const action = holdableActions.find(({ name }) => name === held?.action)
  if (!held || held.id !== asked || !action || held.as !== holder.user.id) return null
  const page = action.page.path
  try {
    // The seal may come again with a second press; what it holds must not.
    if ((await context.limits.heldOnce.consume(held.id)) > 0) return null
    const done = await action.perform({ context, holder, flow, client, now }, held.fields)
    if (done.tokens) setCookies.push(accessCookie(done.tokens, context.env))
    if (done.renewed) setCookies.push(...sessionCookies(done.renewed, context.env, now))
    return { page: done.page ?? page, code: 'done', text: done.said, shown: done.shown, flow: done.flow }
  } catch (error) {
    const { code, details } = asAppError(error)
    const [first] = Object.values(details.errors ?? {})
    return { page, code, text: first ?? details.detail ?? 'What you sent before could not be done. Try it again.' }
  }
}
