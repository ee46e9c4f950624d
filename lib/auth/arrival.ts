// What follows every sign-in, whichever way the person came: the session before it ends, the oldest one too many ends,
// a new device is told by mail, and it is put on record. Nothing that goes wrong with it undoes the sign-in.
import type { Carried } from '../core/carriers'
import { meetDevice } from '../db/devices'
import { evictSessions } from '../db/session-list'
import type { Session } from '../db/sessions'
import { newDeviceMail } from '../mail/templates'
import { afterwards } from './afterwards'
import { clientInWords } from './agent'
import { type AuditName, audit } from './audit'
import type { Client, Context } from './context'
import { makeDisownLink } from './disown'
import type { Issued } from './issue-session'
import { hashToken } from './mailed-secret'
import { forgetTries } from './password-try'
import { endReplaced } from './sign-out'

export type SignedIn = Issued & {
  /** Random id that this browser keeps from now on. */
  device: string
  /** Sessions that ended because there were too many, the least recently used first. */
  evicted: Session[]
}

/** @param first whether the account was made just now: then every device is new and no news */
const meet = async (
  context: Context,
  { user, session }: Issued,
  device: string,
  client: Client,
  first: boolean,
  now: number,
): Promise<void> => {
  if (user.demo) return
  const known = await meetDevice(context.db, user.id, hashToken(device), now)
  if (known || first) return
  await audit(context, 'new_device', client, now, { userId: user.id, sid: session.id })
  if ((await context.limits.noticeHour.consume(user.id)) > 0) return
  const when = new Date(now).toUTCString()
  const link = await makeDisownLink(context, session.id)
  await context.post(newDeviceMail(user.email, user.name, when, clientInWords(client), link))
}

const evict = async (context: Context, { user, session }: Issued, client: Client, now: number): Promise<Session[]> => {
  const evicted = await evictSessions(context.db, user, now, {
    most: context.env.MAX_SESSIONS,
    except: session.id,
  })
  for (const { id } of evicted)
    await audit(context, 'session_ended', client, now, {
      userId: user.id,
      sid: id,
      detail: { reason: 'evicted', by: session.id },
    })
  return evicted
}

export const settleArrival = async (
  context: Context,
  issued: Issued,
  event: Extract<AuditName, 'signed_up' | 'signed_in' | 'demo_started'>,
  carried: Carried,
  client: Client,
  now: number,
): Promise<SignedIn> => {
  const { user, session } = issued
  const device = client.device ?? context.random(16)
  let evicted: Session[] = []
  await afterwards('ending the session before', endReplaced(context, carried, client, now))
  await afterwards(
    'ending the sessions that are too many',
    evict(context, issued, client, now).then((ended) => {
      evicted = ended
    }),
  )
  await audit(context, event, client, now, { userId: user.id, sid: session.id })
  // Whoever came by another way has proven the account as well; a password's own count went with it.
  if (!session.amr.includes('pwd')) await afterwards('forgetting wrong passwords', forgetTries(context, user.email))
  await afterwards('meeting a device', meet(context, issued, device, client, event === 'signed_up', now))
  return { ...issued, device, evicted }
}
