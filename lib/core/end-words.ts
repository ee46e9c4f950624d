// Why a session ended, in plain words. Shown only to a browser whose refresh token proves that it was its own.
import type { EndReason } from './verdict'

export const endWords: Record<EndReason | 'invalid', string> = {
  signed_out: 'You signed out. Sign in to come back.',
  replaced: 'You signed in again in this browser, so the session before it ended.',
  ended_elsewhere: 'You ended this session from another device. Sign in to come back.',
  others_ended:
    'You ended all your other sessions from another device, and this was one of them. Sign in to come back.',
  password_changed: 'Your password was changed, so this session ended. Sign in with the new one.',
  factor_changed: 'How this account is signed in to was changed, so this session ended. Sign in again.',
  email_restored: 'The email address before was put back from a mail, so this session ended. Sign in again.',
  account_deleted: 'This account was deleted. A mail says how to undo that for seven days.',
  evicted:
    'You signed in at more places than this service keeps at once, and this session was the one unused for longest. Sign in again.',
  admin: 'Whoever runs this service ended this session. Sign in again.',
  disowned: 'This session was ended from a mail, with "this wasn’t me". If it was you, sign in again.',
  idle: 'You were away for a while, so your session ended. Sign in to go on.',
  absolute: 'Your session reached its longest time. Sign in to go on.',
  reuse: 'An old copy of your session was used, so we ended it to keep you safe. Sign in again.',
  generation_ahead: 'Your session does not match our records, so we ended it to keep you safe. Sign in again.',
  user_disabled: 'This account is switched off. Ask whoever runs this service.',
  all_ended: 'All sessions of this account were ended. Sign in again.',
  invalid: 'Sign in to continue.',
}
