// Challenges of passkeys: made for one purpose, kept in the seal of the browser that asked, used once.
import { AppError } from '../core/errors'
import type { Context } from './context'

export const challengePurposes = ['register', 'sign_in', 'reauthenticate'] as const
export type ChallengePurpose = (typeof challengePurposes)[number]

export type Challenge = {
  /** base64url. */
  value: string
  purpose: ChallengePurpose
  /** Whose passkey it is for; `null` while nobody knows who signs in. */
  userId: string | null
  /** Milliseconds. */
  until: number
}

/** How long a person may take, milliseconds (WebAuthn L3 §15.1: five minutes where the user is verified). */
export const challengePatience = 5 * 60_000

export const makeChallenge = (
  { random }: Pick<Context, 'random'>,
  purpose: ChallengePurpose,
  userId: string | null,
  now: number,
): Challenge => ({ value: random(32), purpose, userId, until: now + challengePatience })

/**
 * Uses a challenge up, whether or not what came for it is good: the seal may come again, what it holds must not.
 * @throws AppError `invalid_passkey` when there is none for this, it is too old, or was used
 */
export const spendChallenge = async (
  { limits }: Pick<Context, 'limits'>,
  challenge: Challenge | undefined,
  purpose: ChallengePurpose,
  userId: string | null,
  now: number,
): Promise<string> => {
  const meant = challenge?.purpose === purpose && challenge.userId === userId && challenge.until > now
  if (!meant || (await limits.heldOnce.consume(`challenge ${challenge.value}`)) > 0)
    throw new AppError('invalid_passkey', { detail: 'That took too long, or was used already. Try again.' })
  return challenge.value
}
