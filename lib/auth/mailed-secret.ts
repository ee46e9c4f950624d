// The two secrets of a verification mail, a code to type and a token to follow, and the hashes that are kept of them.
import { createHash, createHmac, randomInt } from 'node:crypto'
import type { Context } from './context'

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url')

/** Six digits are guessed in a moment from a plain hash, so theirs is keyed and bound to the address. */
export const hashCode = ({ secrets }: Context, email: string, code: string): string =>
  createHmac('sha256', secrets.codes).update(`${email}.${code}`).digest('base64url')

export const makeCode = (): string => String(randomInt(1_000_000)).padStart(6, '0')
