// What people may ask for on the page of their sessions, by form or by call.
import { z } from 'zod'
import { endOtherSessions, endOwnSession, renameOwnSession } from '../auth/own-sessions'
import { personName } from '../core/person-name'
import { defineAction } from './action'

const page = { path: '/settings/sessions', keep: [] }

/** A sid, which is not secret; anything else is nobody's session. */
const sid = z.string('Say which session.').regex(/^[A-Za-z0-9_-]{22}$/, 'Say which session.')

const name = z
  .string('Enter a name.')
  .max(320, 'Use at most 40 characters.')
  .transform((text, refinement) => {
    if (text.trim() === '') return null
    const written = personName(text)
    if (written !== null && [...written].length <= 40) return written
    refinement.addIssue('Use at most 40 characters, on one line.')
    return null
  })

export const renameAction = defineAction({
  name: 'rename_session',
  page: { ...page, keep: ['id', 'name'] },
  body: z.object({ id: sid, name }),
  fresh: () => false,
  run: async ({ context, holder }, { id, name: chosen }) => {
    await renameOwnSession(context, holder, id, chosen)
    return { said: chosen === null ? 'The name is gone.' : 'The new name is kept.', body: { status: 'renamed' } }
  },
})

export const endAction = defineAction({
  name: 'end_session',
  page,
  body: z.object({ id: sid }),
  // Leaving is always allowed; sending another device away needs a fresh proof.
  fresh: ({ id }, { session }) => id !== session.id,
  run: async ({ context, holder, client, now }, { id }) => {
    await endOwnSession(context, holder, id, client, now)
    const said = 'That session has ended. Our own pages refuse it from now on, the edge within 3 seconds.'
    return { said, body: null, ...(id === holder.session.id && { left: true as const }) }
  },
})

const othersInWords = (ended: number): string => {
  if (ended === 0) return 'There was no other session to end.'
  return ended === 1
    ? 'Your one other session has ended.'
    : `Your ${ended.toLocaleString('en')} other sessions have ended.`
}

export const endOthersAction = defineAction({
  name: 'end_other_sessions',
  browser: true,
  page,
  body: z.object({}),
  fresh: () => true,
  run: async ({ context, holder, client, now }) => {
    const { ended, tokens } = await endOtherSessions(context, holder, client, now)
    return { said: othersInWords(ended), body: { ended }, tokens }
  },
})
