// What people may ask for on the page of their sessions, by form or by call.
import { endOtherSessions, endOwnSession, renameOwnSession } from '../auth/own-sessions'
import { defineAction } from './action'
import { endSessionBody, nothing, renameSessionBody } from './api/bodies'

const page = { path: '/settings/sessions', keep: [] }

export const renameAction = defineAction({
  name: 'rename_session',
  page: { ...page, keep: ['id', 'name'] },
  body: renameSessionBody,
  fresh: () => false,
  run: async ({ context, holder }, { id, name: chosen }) => {
    await renameOwnSession(context, holder, id, chosen)
    return { said: chosen === null ? 'The name is gone.' : 'The new name is kept.', body: { status: 'renamed' } }
  },
})

export const endAction = defineAction({
  name: 'end_session',
  page,
  body: endSessionBody,
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
  body: nothing,
  fresh: () => true,
  run: async ({ context, holder, client, now }) => {
    const { ended, tokens } = await endOtherSessions(context, holder, client, now)
    return { said: othersInWords(ended), body: { ended }, tokens }
  },
})
