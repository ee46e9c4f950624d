// The six digits of an authenticator app (RFC 6238: SHA-1, 30 seconds) and the secret that both sides share. Pure.
import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { productName } from '../core/product'

/** How far a phone's clock may be off, and how long typing may take, beyond the 30 seconds of a code: milliseconds. */
const tolerance = 10_000

/** 160 random bits (RFC 4226 §4), in base32 as apps take them. */
export const makeTotpSecret = (): string => new Secret({ buffer: new Uint8Array(randomBytes(20)).buffer }).base32

/** What a code from people holds: the digits, however they are grouped. Other scripts' digits are none. */
export const digitsOf = (typed: unknown): string | null => {
  const digits = typeof typed === 'string' ? typed.replace(/[\s-]/g, '') : ''
  return /^[0-9]{6}$/.test(digits) ? digits : null
}

/** The 30-second step whose code this is, by our clock; `null` for none of now. */
export const stepOf = (secret: string, typed: unknown, now: number): number | null => {
  const token = digitsOf(typed)
  if (token === null) return null
  const shared = Secret.fromBase32(secret)
  for (const timestamp of [now, now - tolerance, now + tolerance])
    if (TOTP.validate({ token, secret: shared, timestamp, window: 0 }) !== null) return TOTP.counter({ timestamp })
  return null
}

/** What an app shows at a time; for tests and fixtures. */
export const codeAt = (secret: string, now: number): string =>
  TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: now })

/** What an app reads from the picture, or a phone opens by a press. @param account for people, to tell theirs apart */
export const totpUri = (secret: string, account: string): string =>
  new TOTP({ issuer: productName, label: account, secret }).toString()
