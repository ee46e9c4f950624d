// The end of one's account, by form or by call.
import { deleteAccount } from '../auth/delete-account'
import { defineAction } from './action'
import { deleteAccountBody } from './api/bodies'

export const deleteAccountAction = defineAction({
  name: 'delete_account',
  page: { path: '/settings/data', keep: [] },
  body: deleteAccountBody,
  browser: true,
  fresh: () => true,
  run: async ({ context, holder, client, now }) => {
    await deleteAccount(context, holder, client, now)
    return {
      said: 'Your account is deleted. A mail says how to bring it back within seven days.',
      body: null,
      left: true,
    }
  },
})
