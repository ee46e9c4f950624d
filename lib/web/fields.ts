// What each form field must be. Messages say what to do; they never repeat what was typed.
import { z } from 'zod'
import { canonicalEmail } from '../core/email'
import { AppError } from '../core/errors'
import { personName } from '../core/person-name'

const transformed = (read: (text: string) => string | null, fault: string) =>
  z.string(fault).transform((text, refinement) => {
    const value = read(text)
    if (value === null) refinement.addIssue(fault)
    return value ?? ''
  })

export const emailField = transformed(
  (text) => (text.length > 320 ? null : canonicalEmail(text)),
  'Enter one address such as ann@example.com.',
)
export const nameField = transformed(personName, 'Enter your name in at most 80 characters.')
export const newPasswordField = z.string('Choose a password.').min(1, 'Choose a password.')
export const passwordField = z
  .string('Enter your password.')
  .min(1, 'Enter your password.')
  .max(512, 'Enter your password.')
export const codeField = transformed((text) => {
  const digits = text.replace(/[\s-]/g, '')
  return /^[0-9]{6}$/.test(digits) ? digits : null
}, 'Enter the six digits of the code.')
/** Id of the user for whom the page with the form was made. */
export const asField = z.string().max(64).optional()
/** Id of a submission that waits for this form (lib/web/action.ts). */
export const heldField = z.string().max(64).optional()
/** A checkbox of a form, or a boolean in JSON. */
export const checkbox = z
  .union([z.boolean(), z.literal('on').transform(() => true)])
  .optional()
  .transform((value) => value ?? false)

/** @throws AppError `invalid_fields` with one sentence for each field that is wrong */
export const parseFields = <Schema extends z.ZodType>(
  schema: Schema,
  fields: Record<string, unknown>,
): z.infer<Schema> => {
  const parsed = schema.safeParse(fields)
  if (parsed.success) return parsed.data
  const errors = parsed.error.issues.map(({ path, message }) => [String(path[0] ?? ''), message] as const).reverse()
  throw new AppError('invalid_fields', { errors: Object.fromEntries(errors) })
}
