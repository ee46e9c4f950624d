// One of each mail, to look at. A template without a sample does not compile.
import type { Message } from './message'
import * as templates from './templates'

const [to, name] = ['ann@example.com', 'Ann Example']
const [when, where] = ['Fri, 15 Jan 2027 08:00:00 GMT', 'Firefox on Linux, from 192.0.2.x']

/** @param origin of the app @returns by the name of the template */
export const sampleMails = (origin: string): { [Name in keyof typeof templates]: Message } => {
  const link = (path: string) => `${origin}${path}/link?token=${'x'.repeat(43)}`
  const signIn = `${origin}/sign-in`
  return {
    verificationMail: templates.verificationMail(to, '042137', link('/verify-email')),
    alreadySignedUpMail: templates.alreadySignedUpMail(to, signIn),
    resetPasswordMail: templates.resetPasswordMail(to, name, link('/reset-password')),
    passwordResetMail: templates.passwordResetMail(to, name, when, where, signIn),
    passwordChangedMail: templates.passwordChangedMail(to, name, when, where, signIn),
    refreshReuseMail: templates.refreshReuseMail(to, name, when, where, link('/not-me')),
    newDeviceMail: templates.newDeviceMail(to, name, when, where, link('/not-me')),
    authenticatorOnMail: templates.authenticatorOnMail(to, name, when, where, signIn),
    authenticatorOffMail: templates.authenticatorOffMail(to, name, when, where, signIn),
    recoveryCodesMail: templates.recoveryCodesMail(to, name, when, where, signIn),
    recoveryCodeUsedMail: templates.recoveryCodeUsedMail(to, name, when, where, 9, `${origin}/settings/security`),
    signInCodeMail: templates.signInCodeMail(to, '042137'),
    proofCodeMail: templates.proofCodeMail(to, '042137'),
    newEmailMail: templates.newEmailMail(to, '042137'),
    emailTakenMail: templates.emailTakenMail(to, signIn),
    emailChangedMail: templates.emailChangedMail(to, name, when, where, link('/undo-email')),
    guessingMail: templates.guessingMail(to, name, `${origin}/forgot-password`),
    passwordSetMail: templates.passwordSetMail(to, name, when, where, signIn),
    passwordRemovedMail: templates.passwordRemovedMail(to, name, when, where, signIn),
    tokenMadeMail: templates.tokenMadeMail(to, name, when, where, 'Nightly build', `${origin}/settings/tokens`),
    passkeyAddedMail: templates.passkeyAddedMail(to, name, when, where, 'Phone', `${origin}/settings/security`),
    passkeyRemovedMail: templates.passkeyRemovedMail(to, name, when, where, 'Phone', `${origin}/settings/security`),
    passkeyCopiedMail: templates.passkeyCopiedMail(to, name, when, where, 'Phone', `${origin}/settings/security`),
    accountDeletedMail: templates.accountDeletedMail(to, name, when, where, link('/undo-deletion')),
    accountRestoredMail: templates.accountRestoredMail(to, name, when, where, signIn),
    accountConnectedMail: templates.accountConnectedMail(
      to,
      name,
      when,
      where,
      'Google',
      `${origin}/settings/security`,
    ),
    accountDisconnectedMail: templates.accountDisconnectedMail(
      to,
      name,
      when,
      where,
      'Google',
      `${origin}/settings/security`,
    ),
    emailRestoredMail: templates.emailRestoredMail(to, name, when, where, `${origin}/forgot-password`),
  }
}
