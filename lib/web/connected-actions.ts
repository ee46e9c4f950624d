// What people may ask for about their accounts at other providers.
import { disconnectOwn } from '../auth/connected-accounts'
import { defineAction } from './action'
import { disconnectBody } from './api/bodies'
import { sessionView, userView } from './session-view'

export const disconnectAction = defineAction({
  name: 'disconnect',
  page: { path: '/settings/security', keep: [] },
  body: disconnectBody,
  browser: true,
  fresh: () => true,
  run: async ({ context, holder, client, now }, { provider }) => {
    const { tokens, user, session } = await disconnectOwn(context, holder, provider, client, now)
    return {
      said: 'That account is disconnected. All your other sessions have ended.',
      body: { status: 'disconnected', user: userView(user), session: sessionView(session) },
      renewed: tokens,
    }
  },
})
