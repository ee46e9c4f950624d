// Taking the password away, by form or by call.
import { removePassword } from '../auth/own-password'
import { type Action, defineAction } from './action'
import { nothing } from './api/bodies'
import { sessionView, userView } from './session-view'

export const removePasswordAction: Action = defineAction({
  name: 'remove_password',
  page: { path: '/settings/security', keep: [] },
  body: nothing,
  browser: true,
  fresh: () => true,
  run: async ({ context, holder, client, now }) => {
    const { tokens, user, session } = await removePassword(context, holder, client, now)
    return {
      said: 'Your password is removed. All your other sessions have ended.',
      body: { status: 'password_removed', user: userView(user), session: sessionView(session) },
      renewed: tokens,
    }
  },
})
