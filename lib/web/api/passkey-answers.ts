// What the calls about passkeys answer.
import { z } from 'zod'
import { sessionAnswer, userAnswer } from './answers'

const time = z.iso.datetime()
const passkeyAnswer = z.strictObject({
  id: z.string(),
  name: z.string(),
  synced: z.boolean().meta({ description: 'Kept in more than one place, as far as its authenticator says.' }),
  createdAt: time,
  lastUsedAt: time.nullable(),
})
export const passkeysAnswer = z.strictObject({ passkeys: z.array(passkeyAnswer) })
export const madePasskeyAnswer = z.strictObject({ passkey: passkeyAnswer })
export const passkeyRemovedAnswer = z.strictObject({
  status: z.literal('passkey_removed'),
  user: userAnswer,
  session: sessionAnswer,
})

/** WebAuthn L3 §5.1.9: what PublicKeyCredential.parseCreationOptionsFromJSON() takes. */
export const newPasskeyOptionsAnswer = z.looseObject({
  challenge: z.string(),
  rp: z.looseObject({ id: z.string(), name: z.string() }),
  user: z.looseObject({ id: z.string(), name: z.string(), displayName: z.string() }),
})
/** What PublicKeyCredential.parseRequestOptionsFromJSON() takes. */
export const passkeyOptionsAnswer = z.looseObject({
  challenge: z.string(),
  rpId: z.string(),
  userVerification: z.literal('required'),
})
export const stepUpOptionsAnswer = z.strictObject({
  password: z.boolean().meta({ description: 'Whether there is one.' }),
  options: passkeyOptionsAnswer.nullable().meta({ description: 'null for whoever has no passkey.' }),
})

export const passwordSetAnswer = z.strictObject({ status: z.literal('password_set') })
export const passwordRemovedAnswer = z.strictObject({
  status: z.literal('password_removed'),
  user: userAnswer,
  session: sessionAnswer,
})
