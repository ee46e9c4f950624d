// What people may ask for about their passkeys, by form or by call.
import { addPasskey, beginPasskey, removeOwnPasskey, renameOwnPasskey } from '../auth/passkeys'
import { type Action, defineAction } from './action'
import { nothing } from './api/bodies'
import { addPasskeyBody, removePasskeyBody, renamePasskeyBody } from './api/passkey-bodies'
import { passkeyView } from './passkeys-view'
import { sessionView, userView } from './session-view'

const page = { path: '/settings/security', keep: [] }

export const beginPasskeyAction = defineAction({
  name: 'begin_passkey',
  page,
  body: nothing,
  browser: true,
  fresh: () => true,
  run: async ({ context, holder, now }) => {
    const { options, challenge } = await beginPasskey(context, holder, now)
    return { said: 'Adding a passkey needs scripts.', body: options, flow: { challenge } }
  },
})

export const addPasskeyAction = defineAction({
  name: 'add_passkey',
  page: { ...page, keep: ['name'] },
  body: addPasskeyBody,
  browser: true,
  fresh: () => true,
  run: async ({ context, flow, holder, client, now }, wish) => {
    const passkey = await addPasskey(context, holder, wish, flow.challenge, client, now)
    return {
      said: `Your passkey “${passkey.name}” is added. It signs you in by itself.`,
      body: { passkey: passkeyView(passkey) },
      flow: { challenge: undefined },
    }
  },
})

export const renamePasskeyAction = defineAction({
  name: 'rename_passkey',
  page,
  body: renamePasskeyBody,
  browser: true,
  fresh: () => false,
  run: async ({ context, holder }, wish) => {
    await renameOwnPasskey(context, holder, wish)
    return { said: 'Your passkey has its new name.', body: { status: 'renamed' } }
  },
})

export const removePasskeyAction = defineAction({
  name: 'remove_passkey',
  page,
  body: removePasskeyBody,
  browser: true,
  fresh: () => true,
  run: async ({ context, holder, client, now }, { id }) => {
    const { tokens, user, session } = await removeOwnPasskey(context, holder, id, client, now)
    return {
      said: 'That passkey is removed. All your other sessions have ended.',
      body: { status: 'passkey_removed', user: userView(user), session: sessionView(session) },
      renewed: tokens,
    }
  },
})

export const passkeyActions: readonly Action[] = [addPasskeyAction, renamePasskeyAction, removePasskeyAction]
