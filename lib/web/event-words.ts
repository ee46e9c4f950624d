// Security events as their owner reads them.
import type { AuditName } from '../auth/audit'

const words: Record<AuditName, string> = {
  signed_up: 'You made this account and signed in',
  signed_in: 'Signed in',
  sign_in_failed: 'Somebody tried to sign in with a wrong password',
  demo_started: 'You started a demo session',
  signed_out: 'Signed out',
  session_ended: 'A session ended',
  refresh_reused: 'An old copy of a session was used, so that session was ended',
  others_ended: 'You ended all your other sessions',
  reauthenticated: 'You confirmed that it is you',
  reauthentication_failed: 'Somebody in your session gave a wrong password or code',
  password_changed: 'The password was changed',
  password_reset: 'A new password was chosen by a link in a mail, and every session ended',
  password_set: 'You set a password',
  password_removed: 'You removed the password, and every other session ended',
  passkey_added: 'You added a passkey',
  passkey_removed: 'You removed a passkey, and every other session ended',
  passkey_failed: 'Somebody used a passkey of yours in a wrong way, and was refused',
  passkey_copied: 'A passkey was refused: its counter went back, so there may be a copy of it',
  token_made: 'You made a personal access token',
  token_revoked: 'You revoked a personal access token',
  token_used_wrong: 'Somebody used a personal access token that no longer works',
  factor_failed: 'Somebody knew the first factor and gave a wrong code',
  totp_added: 'You turned on the authenticator app, and every other session ended',
  totp_removed: 'You turned off the authenticator app, and every other session ended',
  recovery_codes_made: 'You made new recovery codes',
  recovery_code_used: 'A recovery code was used',
  name_changed: 'You changed your name',
  email_changed: 'The email address was changed',
  email_restored: 'The email address before was put back by a link in a mail, and every session ended',
  spraying_noticed: 'Somebody tried passwords on many accounts',
  data_exported: 'You downloaded everything that is kept about you',
  account_deleted: 'You deleted this account',
  account_restored: 'The account was brought back by a link in a mail',
  account_connected: 'You connected an account at another provider',
  account_disconnected: 'You disconnected an account at another provider',
  new_device: 'A browser signed in that was not known before',
}

const ends: Readonly<Record<string, string>> = {
  replaced: 'A session ended: its browser signed in again',
  ended_elsewhere: 'You ended a session from another device',
  evicted: 'A session ended: there were too many, and it was unused for longest',
  admin: 'Whoever runs this service ended a session',
  disowned: 'You ended a session with “this wasn’t me” in a mail',
  idle: 'A session ended after a time without activity',
  absolute: 'A session reached its longest time',
  generation_ahead: 'A session was ended: it did not match our records',
  user_disabled: 'A session ended: the account was switched off',
}

const isName = (event: string): event is AuditName => Object.hasOwn(words, event)

/** @example eventInWords('signed_in', null) // 'Signed in' */
export const eventInWords = (event: string, detail: Readonly<Record<string, string>> | null): string => {
  const reason = detail?.reason
  if (event === 'session_ended' && reason && Object.hasOwn(ends, reason)) return ends[reason] ?? words.session_ended
  return isName(event) ? words[event] : 'Something happened that this page has no words for'
}

/** What its owner should look at twice. */
export const isAlarming = (event: string): boolean =>
  event === 'refresh_reused' ||
  event === 'sign_in_failed' ||
  event === 'reauthentication_failed' ||
  event === 'token_used_wrong' ||
  event === 'passkey_copied' ||
  event === 'new_device'
