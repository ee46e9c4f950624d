// The lab's table of attacks: made from one good token's text, what is public, and keys of the attacker's own.
import type { Attack } from './attack'
import { claimsAttacks } from './claims-attacks'
import { headerAttacks } from './header-attacks'
import { kindsAttacks } from './kinds-attacks'
import { signatureAttacks } from './signature-attacks'
import { spellingAttacks } from './spelling-attacks'

export const attacks: readonly Attack[] = [
  ...signatureAttacks,
  ...headerAttacks,
  ...spellingAttacks,
  ...claimsAttacks,
  ...kindsAttacks,
]

const byId = new Map(attacks.map((attack) => [attack.id, attack]))

export const findAttack = (id: string): Attack | undefined => byId.get(id)
