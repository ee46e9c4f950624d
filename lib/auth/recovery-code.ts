// Codes for who has lost the authenticator: 64 random bits each, kept as hashes.
import { randomBytes } from 'node:crypto'
import { hashToken } from './mailed-secret'

const count = 10

/** Four groups of four, which people can copy by hand. */
export const makeRecoveryCodes = (): string[] =>
  Array.from({ length: count }, () =>
    randomBytes(8)
      .toString('hex')
      .replace(/(.{4})(?!$)/g, '$1-'),
  )

/** However it was typed: capitals, spaces and dashes mean nothing. `null` for what can be none. */
const normalised = (typed: unknown): string | null => {
  const code = typeof typed === 'string' ? typed.replace(/[\s-]/g, '').toLowerCase() : ''
  return /^[0-9a-f]{16}$/.test(code) ? code : null
}

/** 64 random bits can't be guessed from a plain hash; bound to the user, two users' never meet. */
export const hashRecoveryCode = (userId: string, typed: unknown): string | null => {
  const code = normalised(typed)
  return code === null ? null : hashToken(`${userId}.${code}`)
}
