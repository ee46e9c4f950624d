// What each call takes: the handlers parse with these, and the API description is made from them. Unknown members are
// ignored; messages say what to do.
import { z } from 'zod'
import { secondFactorMethods } from '../../auth/admission'
import { personalTokenMost } from '../../core/claims'
import { personName } from '../../core/person-name'
import {
  asField,
  checkbox,
  codeField,
  emailField,
  heldField,
  nameField,
  newPasswordField,
  passwordField,
} from '../fields'
import { themes } from '../theme'

/** A path of this app to go on to; anything else leads home. */
const next = z.unknown().optional().meta({ description: 'Forms: a path of this app to go on to.' })
const mailedToken = z.string().max(128).optional().meta({ description: 'The token of the mailed link.' })

export const nothing = z.object({})

export const signUpBody = z.object({ name: nameField, email: emailField, password: newPasswordField })
export const verifyEmailBody = z.object({
  code: codeField.optional().meta({ description: 'Six digits; the flow cookie says for whom.' }),
  token: mailedToken,
  link: z.literal('1').optional().meta({ description: 'Forms: the flow cookie holds the token.' }),
})
export const signInBody = z.object({
  email: emailField,
  password: passwordField,
  remember: checkbox,
  next,
  held: heldField,
})
/** Whatever is no code is a wrong code: the answer is the same. */
const factorCode = z.unknown().optional().meta({ description: 'The code, however it is grouped.' })
const factorMethod = z
  .enum(secondFactorMethods, 'Say which factor it is: totp or recovery_code.')
  .default('totp')
  .meta({ description: 'What the code is of.' })
export const secondFactorBody = z.object({ method: factorMethod, code: factorCode, next, held: heldField })
export const enrolmentCodeBody = z.object({ code: factorCode })
export const factorProofBody = z.object({ method: factorMethod, code: factorCode })
export const emailSignInBody = z.object({ email: emailField, remember: checkbox, next, held: heldField })
export const mailedCodeBody = z.object({ code: codeField, next, held: heldField })
export const ofHolderBody = z.object({ as: asField, next, held: heldField })
export const profileBody = z.object({ name: nameField })
export const newEmailBody = z.object({ email: emailField })
export const newEmailCodeBody = z.object({ code: codeField })
export const deleteAccountBody = z.object({
  confirm: z.literal('delete', 'Type the word delete.').meta({ description: 'The word delete.' }),
})
export const providerBody = z.object({
  link: z.literal('1').optional().meta({ description: 'Connects the account there with the one that is signed in.' }),
  as: asField,
  next,
})
export const disconnectBody = z.object({
  provider: z.string('Say which provider.').regex(/^[a-z][a-z0-9]{0,31}$/, 'Say which provider.'),
})
export const demoBody = z.object({ next })
export const reauthenticateBody = z.object({
  password: passwordField.optional(),
  code: factorCode.meta({ description: 'Of the authenticator app, in place of the password.' }),
  mailCode: codeField.optional().meta({ description: 'Of the mail that was asked for, where there is no password.' }),
  as: asField,
  next,
  held: heldField,
})
export const changePasswordBody = z.object({
  as: asField,
  currentPassword: passwordField,
  newPassword: newPasswordField,
})
export const forgotPasswordBody = z.object({ email: emailField })
export const resetPasswordBody = z.object({ token: mailedToken, password: newPasswordField })
export const disownBody = z.object({ token: mailedToken })
/** What is no audience of ours is 400 `invalid_target` (RFC 8707), whatever it is: the use case says so. */
export const tokenBody = z.object({
  audience: z.unknown().optional().meta({ description: 'One service of SERVICE_AUDIENCES, or this app itself.' }),
})
export const themeBody = z.object({ theme: z.enum(themes, 'Choose light, dark or system.'), next })

/** Ids of sessions and of tokens are not secret; anything else is nobody's. */
const id = (fault: string) => z.string(fault).regex(/^[A-Za-z0-9_-]{22}$/, fault)

const shortName = 'Enter a name in at most 40 characters.'
const sessionName = z
  .string('Enter a name.')
  .max(320, 'Use at most 40 characters.')
  .transform((text, refinement) => {
    if (text.trim() === '') return null
    const written = personName(text)
    if (written !== null && [...written].length <= 40) return written
    refinement.addIssue('Use at most 40 characters, on one line.')
    return null
  })
  .meta({ description: 'At most 40 characters; an empty one takes the name away.' })

export const renameSessionBody = z.object({ id: id('Say which session.'), name: sessionName })
export const endSessionBody = z.object({ id: id('Say which session.') })

const tokenName = z
  .string(shortName)
  .max(320, shortName)
  .transform((text, refinement) => {
    const written = personName(text)
    if (written !== null && [...written].length <= 40) return written
    refinement.addIssue(shortName)
    return ''
  })

const badDays = 'Enter a number of days from 1 to 365.'
const days = z
  .union(
    [
      z.number(),
      z
        .string()
        .regex(/^[0-9]{1,3}$/)
        .transform(Number),
    ],
    badDays,
  )
  .pipe(
    z
      .int(badDays)
      .min(1, badDays)
      .max(personalTokenMost / 86_400, badDays),
  )
  .default(30)
  .meta({ description: 'Life in days, 1 to 365.' })

export const makeTokenBody = z.object({
  name: tokenName,
  audience: z.string('Choose a service.').max(2048, 'Choose a service.'),
  days,
})
export const revokeTokenBody = z.object({ id: id('Say which token.') })
