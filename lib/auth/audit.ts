// Records what happened: one row for whoever must answer for it, one log line for whoever watches.
import { uuidv7 } from 'uuidv7'
import { insertAuditEvent } from '../db/audit-events'
import { log } from '../log'
import { afterwards } from './afterwards'
import type { Client, Context } from './context'

export type AuditName =
  | 'signed_up'
  | 'signed_in'
  | 'sign_in_failed'
  | 'demo_started'
  | 'signed_out'
  | 'session_ended'
  | 'others_ended'
  | 'reauthenticated'
  | 'reauthentication_failed'
  | 'password_changed'
  | 'password_reset'
  | 'new_device'
  | 'account_connected'
  | 'account_disconnected'
  | 'data_exported'
  | 'account_deleted'
  | 'account_restored'
  | 'name_changed'
  | 'email_changed'
  | 'email_restored'
  | 'factor_failed'
  | 'totp_added'
  | 'totp_removed'
  | 'recovery_codes_made'
  | 'recovery_code_used'
  | 'refresh_reused'
  | 'password_set'
  | 'password_removed'
  | 'passkey_added'
  | 'passkey_removed'
  | 'passkey_failed'
  | 'passkey_copied'
  | 'token_made'
  | 'token_revoked'
  | 'token_used_wrong'
  | 'spraying_noticed'

type Subject = { userId?: string; sid?: string; detail?: Record<string, string> }

export const audit = async (
  { db }: Context,
  event: AuditName,
  client: Client,
  now: number,
  subject: Subject = {},
): Promise<void> => {
  const userAgent = client.userAgent.slice(0, 256)
  log().info(
    { event, userId: subject.userId, sid: subject.sid, ip: client.ip, ua: userAgent, ...subject.detail },
    'audit',
  )
  // The log line above is there in any case; what happened has happened, and its answer must say so.
  await afterwards(
    'an audit event',
    insertAuditEvent(db, { id: uuidv7(), at: now, event, ip: client.ip, userAgent, ...subject }),
  )
}
