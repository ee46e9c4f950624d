// What somebody is called. Shown to them, and in their mails.
import { renameUser, type User } from '../db/users'
import { audit } from './audit'
import type { Client, Context } from './context'
import type { Holder } from './own-sessions'

export const changeName = async (
  context: Context,
  { user, session }: Holder,
  name: string,
  client: Client,
  now: number,
): Promise<User> => {
  if (name === user.name) return user
  await renameUser(context.db, user.id, name)
  await audit(context, 'name_changed', client, now, { userId: user.id, sid: session.id })
  return { ...user, name }
}
