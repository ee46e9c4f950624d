// What a mailed code or link may be for. Each is good for its own purpose alone.
export const mailedPurposes = [
  'verify_email',
  'reset_password',
  'change_email',
  'undo_email',
  'sign_in',
  /** For a browser that the owner has signed in with. */
  'sign_in_known',
  'reauthenticate',
  'undo_deletion',
] as const

export type MailedPurpose = (typeof mailedPurposes)[number]
