// What people may ask for on the page of their personal access tokens, by form or by call.
import { makePersonalToken, revokeOwnToken } from '../auth/personal-tokens'
import { defineAction } from './action'
import { makeTokenBody, revokeTokenBody } from './api/bodies'
import { personalTokenView } from './personal-tokens-view'

const page = { path: '/settings/tokens', keep: [] }

export const makeTokenAction = defineAction({
  name: 'make_token',
  page: { ...page, keep: ['name', 'audience', 'days'] },
  body: makeTokenBody,
  browser: true,
  fresh: () => true,
  run: async ({ context, holder, client, now }, wish) => {
    const { token, secret } = await makePersonalToken(context, holder, wish, client, now)
    return {
      said: 'Your token is made.',
      body: { token: personalTokenView(token), secret },
      shown: { secret, of: holder.user.id },
    }
  },
})

export const revokeTokenAction = defineAction({
  name: 'revoke_token',
  page,
  body: revokeTokenBody,
  fresh: () => false,
  run: async ({ context, holder, client, now }, { id }) => {
    await revokeOwnToken(context, holder, id, client, now)
    return { said: 'That token is revoked. It is exchanged for nothing from now on.', body: null }
  },
})
