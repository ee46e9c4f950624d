// One row of the table of token attacks, which the unit tests show to the verifier and the browser tests to the app.
import type { TokenReason } from '../verdict'
import type { Signer } from './token-forge'
import type { WeakName } from './weak-verifiers'

/** `accepted`: no defect of the token. */
export type Answer = TokenReason | 'accepted'

export type Attack = {
  /** Row of the attack catalogue, then what is done. */
  name: string
  token: (signer: Signer) => string | Promise<string>
  answer: Answer
  /** Verifiers that this attack gets past. */
  fools: readonly WeakName[]
  /** As a cookie it makes a request that no HTTP server may take: too large, or with a byte that no header has. */
  stopsAtDoor: boolean
}

export const attack = (name: string, answer: Answer, token: Attack['token'], ...fools: WeakName[]): Attack => ({
  name,
  answer,
  token,
  fools,
  stopsAtDoor: false,
})

export const atTheDoor = (row: Attack): Attack => ({ ...row, stopsAtDoor: true })
