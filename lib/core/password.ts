// What a new password must satisfy by its form (NIST SP 800-63B-4 §3.1.1.2). Whether it is easy to guess is asked elsewhere.

const passwordMost = { codePoints: 128, bytes: 512 }

export type PasswordFault = 'too_short' | 'too_long' | 'easy_to_guess'

/** The bytes that are hashed: NFC, so that é typed in two ways is one password. Never trimmed, never cut. */
export const normalPassword = (typed: string): string => typed.normalize('NFC')

/** @param least smallest number of code points */
export const passwordFormFault = (typed: string, least: number): PasswordFault | null => {
  // Length first: normalising a megabyte is work that an attacker would have us do.
  if (typed.length > passwordMost.bytes) return 'too_long'
  const password = normalPassword(typed)
  const codePoints = [...password].length
  if (codePoints > passwordMost.codePoints || new TextEncoder().encode(password).length > passwordMost.bytes)
    return 'too_long'
  return codePoints < least ? 'too_short' : null
}
