// Why a request is, or is not, somebody's: one closed set of reason codes from the verifier to the sign-in page.

/** What the token itself can be refused for, in the order in which it is checked. */
export type TokenReason =
  | 'too_large'
  | 'malformed'
  | 'header'
  | 'typ'
  | 'unknown_kid'
  | 'alg'
  | 'signature'
  | 'claims'
  | 'iss'
  | 'aud'
  | 'not_yet_valid'
  | 'lifetime'
  | 'auth_time'
  | 'expired'

/** What the way in which it came can be refused for. */
export type CarrierReason = 'missing' | 'duplicated' | 'mixed_identity' | 'wrong_carrier'

/** Why a session row no longer counts. `ended_reason` in the database holds one of these. */
export type EndReason =
  | 'signed_out'
  | 'replaced'
  | 'ended_elsewhere'
  | 'others_ended'
  | 'password_changed'
  | 'factor_changed'
  | 'account_deleted'
  | 'email_restored'
  | 'evicted'
  | 'disowned'
  | 'admin'
  | 'idle'
  | 'absolute'
  | 'reuse'
  | 'generation_ahead'
  | 'user_disabled'
  | 'all_ended'

/** What the session row can refuse a good token for. */
export type SessionReason = EndReason | 'unknown_session' | 'wrong_subject' | 'stale_generation'

export type Reason = TokenReason | CarrierReason | SessionReason
