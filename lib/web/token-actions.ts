// What people may ask for on the page of their personal access tokens, by form or by call.
import { z } from 'zod'
import { makePersonalToken, revokeOwnToken } from '../auth/personal-tokens'
import { personalTokenMost } from '../core/claims'
import { personName } from '../core/person-name'
import { defineAction } from './action'
import { personalTokenView } from './personal-tokens-view'

const page = { path: '/settings/tokens', keep: [] }

const badName = 'Enter a name in at most 40 characters.'
const name = z
  .string(badName)
  .max(320, badName)
  .transform((text, refinement) => {
    const written = personName(text)
    if (written !== null && [...written].length <= 40) return written
    refinement.addIssue(badName)
    return ''
  })

const badDays = 'Enter a number of days from 1 to 365.'
const days = z
  .union(
    [
      z.number(),
      z
        .string()
        .regex(/^[0-9]{1,3}$/)
        .transform(Number),
    ],
    badDays,
  )
  .pipe(
    z
      .int(badDays)
      .min(1, badDays)
      .max(personalTokenMost / 86_400, badDays),
  )
  .default(30)

export const makeTokenAction = defineAction({
  name: 'make_token',
  page: { ...page, keep: ['name', 'audience', 'days'] },
  body: z.object({ name, audience: z.string('Choose a service.').max(2048, 'Choose a service.'), days }),
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
  body: z.object({ id: z.string('Say which token.').regex(/^[A-Za-z0-9_-]{22}$/, 'Say which token.') }),
  fresh: () => false,
  run: async ({ context, holder, client, now }, { id }) => {
    await revokeOwnToken(context, holder, id, client, now)
    return { said: 'That token is revoked. It is exchanged for nothing from now on.', body: null }
  },
})
