// Why a session ended, as a line in its owner's list. What the browser that held it is told is in end-words.
import type { EndReason } from './verdict'

export const endLabels: Record<EndReason, string> = {
  signed_out: 'Signed out',
  replaced: 'Went on as a new session in the same browser',
  ended_elsewhere: 'Ended from another device',
  others_ended: 'Ended together with all other sessions',
  password_changed: 'Ended by a change of password',
  factor_changed: 'Ended by a change of the second factor',
  email_restored: 'Ended from a mail, which put the email address before back',
  account_deleted: 'Ended with the account, which was deleted',
  evicted: 'Ended to make room: too many sessions, and this one unused for longest',
  disowned: 'Ended from a mail, with “this wasn’t me”',
  idle: 'Ended after a time without activity',
  absolute: 'Reached its longest time',
  reuse: 'Ended by us: an old copy of it was used',
  generation_ahead: 'Ended by us: it did not match our records',
  user_disabled: 'Ended with the account, which was switched off',
  admin: 'Ended by an administrator',
  all_ended: 'Ended together with all sessions of the account',
}

/** Ends that were nobody's wish: somebody else may have been there. */
const alarming: ReadonlySet<EndReason> = new Set<EndReason>(['disowned', 'email_restored', 'reuse', 'generation_ahead'])

export const isAlarmingEnd = (reason: EndReason): boolean => alarming.has(reason)
