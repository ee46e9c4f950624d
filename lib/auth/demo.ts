// A throw-away user for a look around. Local mode only: the gate and the handler both refuse it elsewhere.
import { uuidv7 } from 'uuidv7'
import type { Carried } from '../core/carriers'
import { createUser, type User } from '../db/users'
import { type SignedIn, settleArrival } from './arrival'
import type { Client, Context } from './context'
import { prepareSession } from './issue-session'
import { spend } from './limits'

export const startDemo = async (context: Context, carried: Carried, client: Client, now: number): Promise<SignedIn> => {
  await spend([[context.limits.demoNetwork, client.network]])
  const id = uuidv7()
  const user: User = {
    id,
    email: `demo-${id}@demo.invalid`,
    name: 'Demo visitor',
    roles: ['user'],
    epoch: 0,
    demo: true,
    createdAt: now,
    disabledAt: null,
  }
  const issued = await prepareSession(context, user, { amr: ['demo'], remember: false }, client, now)
  const created = await createUser(context.db, { user, session: issued.session, passwordHash: null, usedToken: null })
  if (!created) throw new Error('A demo user could not be made')
  return settleArrival(context, issued, 'demo_started', carried, client, now)
}
