// What the calls about passkeys take. A form brings what the browser's authenticator answered as JSON in one field.
import { z } from 'zod'
import { personName } from '../../core/person-name'
import { asField, checkbox, heldField, newPasswordField } from '../fields'

const unreadable = 'That was no answer of a passkey. Try again.'
const bytes = (most: number) =>
  z
    .string(unreadable)
    .max(most, unreadable)
    .regex(/^[A-Za-z0-9_-]+$/, unreadable)

/** The most that a credential's id may have is 1023 bytes (WebAuthn L3 §4). */
const credentialId = bytes(1364)
const clientDataJSON = bytes(4096)

const credential = { id: credentialId, rawId: credentialId, type: z.literal('public-key', unreadable) }
const transports = z.array(z.string().max(32)).max(16).optional() as z.ZodType<
  ('ble' | 'cable' | 'hybrid' | 'internal' | 'nfc' | 'smart-card' | 'usb')[] | undefined
>
const attestation = z.object({
  ...credential,
  response: z.object({ clientDataJSON, attestationObject: bytes(8192), transports }),
})
const assertion = z.object({
  ...credential,
  response: z.object({
    clientDataJSON,
    authenticatorData: bytes(4096),
    signature: bytes(2048),
    userHandle: bytes(128).optional(),
  }),
})

const parsed = z.string().transform((text, refinement): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    refinement.addIssue(unreadable)
    return null
  }
})
/** JSON, or the same as a text of a form. */
const either = <Schema extends z.ZodType>(schema: Schema) => z.union([schema, parsed.pipe(schema)], unreadable)

const longName = 'Use at most 40 characters, on one line.'
/** `null` for an empty name. */
const shortName = z
  .string(longName)
  .max(320, longName)
  .transform((text, refinement) => {
    if (text.trim() === '') return null
    const written = personName(text)
    if (written !== null && [...written].length <= 40) return written
    refinement.addIssue(longName)
    return null
  })
const needed = 'Enter a name in at most 40 characters.'
const givenName = shortName.transform((name, refinement) => {
  if (name === null) refinement.addIssue(needed)
  return name ?? ''
})
const handle = z.string('Say which passkey.').regex(/^[A-Za-z0-9_-]{22}$/, 'Say which passkey.')
const next = z.unknown().optional().meta({ description: 'Forms: a path of this app to go on to.' })

export const addPasskeyBody = z.object({
  attestation: either(attestation).meta({ description: 'What navigator.credentials.create() gave, as JSON.' }),
  name: shortName.default(null).meta({ description: 'At most 40 characters; an empty one becomes the browser’s.' }),
})
export const renamePasskeyBody = z.object({ id: handle, name: givenName })
export const removePasskeyBody = z.object({ id: handle })
const used = either(assertion).meta({ description: 'What navigator.credentials.get() gave, as JSON.' })
export const passkeySignInBody = z.object({ assertion: used, remember: checkbox, next, held: heldField })
export const passkeyProofBody = z.object({ assertion: used, as: asField, next, held: heldField })
export const setPasswordBody = z.object({ as: asField, newPassword: newPasswordField })
