// What people may ask for about themselves, by form or by call: another name, another address.
import { askForNewEmail, confirmNewEmail } from '../auth/change-email'
import { changeName } from '../auth/profile'
import { type Action, defineAction } from './action'
import { newEmailBody, newEmailCodeBody, profileBody } from './api/bodies'
import { userView } from './session-view'

const page = { path: '/settings/profile', keep: [] }

export const changeNameAction = defineAction({
  name: 'change_name',
  page: { ...page, keep: ['name'] },
  body: profileBody,
  fresh: () => false,
  run: async ({ context, holder, client, now }, { name }) => {
    const user = await changeName(context, holder, name, client, now)
    return { said: 'Your name is changed.', body: { user: userView(user) } }
  },
})

export const newEmailAction = defineAction({
  name: 'new_email',
  page: { ...page, keep: ['email'] },
  body: newEmailBody,
  browser: true,
  fresh: () => true,
  run: async ({ context, holder, now }, { email }) => {
    const { pending } = await askForNewEmail(context, holder, email, now)
    return {
      said: 'We sent a mail to the new address. Enter its code below.',
      body: { status: 'code_sent' },
      flow: { mailedChange: pending },
    }
  },
})

export const confirmEmailAction = defineAction({
  name: 'confirm_email',
  page,
  body: newEmailCodeBody,
  browser: true,
  fresh: () => true,
  run: async ({ context, flow, holder, client, now }, { code }) => {
    const user = await confirmNewEmail(context, holder, code, flow.mailedChange, client, now)
    return {
      said: 'Your address is changed. We told the one before, which can undo it for seven days.',
      body: { user: userView(user) },
      flow: { mailedChange: undefined },
    }
  },
})

export const profileActions: readonly Action[] = [changeNameAction, newEmailAction, confirmEmailAction]
