// A second session of somebody who is signed in, as if they had a second device: for the lab, which ends it again.
import { insertSession } from '../db/sessions'
import { audit } from './audit'
import type { Client, Context } from './context'
import { type Issued, prepareSession } from './issue-session'
import type { Holder } from './own-sessions'

export const openSecondDevice = async (
  context: Context,
  { user, session }: Holder,
  client: Client,
  now: number,
): Promise<Issued> => {
  const how = { amr: session.amr, remember: false, until: session.expiresAt, name: 'Second device of the lab' }
  const issued = await prepareSession(context, user, how, client, now)
  await insertSession(context.db, issued.session)
  await audit(context, 'signed_in', client, now, { userId: user.id, sid: issued.session.id })
  return issued
}
