// The words of each mail. Links come from APP_URL only; lib/mail/samples.ts has one of each, which /dev/mails shows.
import { compose } from './layout'
import type { Message } from './message'

export const verificationMail = (to: string, code: string, link: string): Message =>
  compose(to, `${code} is your sign-up code`, [
    // No name: whoever signed up chose it, and this goes to an address that is not proven to be theirs.
    { say: 'Hello,' },
    { say: 'Enter this code where you signed up within 10 minutes, or follow the link within 30.' },
    { code },
    { link, label: 'Confirm this address' },
    { say: 'If you did not sign up, ignore this mail: no account is made without the code or the link.' },
  ])

export const alreadySignedUpMail = (to: string, signInLink: string): Message =>
  compose(to, 'You already have an account', [
    {
      say: 'Somebody, probably you, tried to sign up with this address. There is an account for it already, so nothing was changed.',
    },
    { link: signInLink, label: 'Sign in' },
    { say: 'If that was not you, there is nothing to do.' },
  ])

export const resetPasswordMail = (to: string, name: string, link: string): Message =>
  compose(to, 'Choose a new password', [
    { say: `Hello ${name},` },
    { say: 'Somebody, probably you, asked for a new password. The link is good for 30 minutes and works once.' },
    { link, label: 'Choose a new password' },
    { say: 'If that was not you, there is nothing to do: your password stays as it is.' },
  ])

export const passwordResetMail = (to: string, name: string, when: string, where: string, signInLink: string): Message =>
  compose(to, 'A new password was chosen', [
    { say: `Hello ${name},` },
    { say: `On ${when} a new password was chosen by a link from our mail (${where}). Every session was ended.` },
    { link: signInLink, label: 'Sign in' },
    { say: 'If that was not you, somebody can read your mail: secure your mailbox, then ask for a new link.' },
  ])

export const refreshReuseMail = (to: string, name: string, when: string, where: string, disown: string): Message =>
  compose(to, 'We ended one of your sessions', [
    { say: `Hello ${name},` },
    {
      say: `On ${when} an old copy of your session was used (${where}), which can mean that somebody took it from a device of yours. We ended that session; your other sessions go on.`,
    },
    { link: disown, label: 'This wasn’t me' },
    { say: 'If it was you, sign in again and there is nothing else to do.' },
  ])

export const newDeviceMail = (to: string, name: string, when: string, where: string, disown: string): Message =>
  compose(to, 'New sign-in to your account', [
    { say: `Hello ${name},` },
    { say: `On ${when} somebody signed in to your account in a browser that we had not seen before: ${where}.` },
    { say: 'If that was you, there is nothing to do.' },
    { link: disown, label: 'This wasn’t me' },
    { say: 'The link ends that session. Then change your password: whoever signed in knows it.' },
  ])

export const passwordChangedMail = (
  to: string,
  name: string,
  when: string,
  where: string,
  signInLink: string,
): Message =>
  compose(to, 'Your password was changed', [
    { say: `Hello ${name},` },
    { say: `On ${when} your password was changed (${where}). All your other sessions were ended.` },
    { link: signInLink, label: 'Sign in' },
    { say: 'If that was not you, answer to whoever runs this service at once.' },
  ])

/** Of wrong passwords in a row. Says how many at least, not from where: that is whatever the guesser chose. */
export const guessingMail = (to: string, name: string, resetLink: string): Message =>
  compose(to, 'Somebody is trying to guess your password', [
    { say: `Hello ${name},` },
    {
      say: 'Wrong passwords were entered for your account many times in a row. None of them was right. Each one makes the next try wait longer; a browser that you have signed in with before does not wait.',
    },
    { say: 'If that was you and you have forgotten your password, choose a new one.' },
    { link: resetLink, label: 'Choose a new password' },
    {
      say: 'If it was not, there is nothing to do as long as you use this password nowhere else. A second factor keeps out even who guesses it.',
    },
  ])

type About = [to: string, name: string, when: string, where: string]

export const authenticatorOnMail = (...[to, name, when, where, signInLink]: [...About, string]): Message =>
  compose(to, 'Your authenticator app is on', [
    { say: `Hello ${name},` },
    {
      say: `On ${when} an authenticator app was added to your account (${where}). All your other sessions were ended.`,
    },
    { say: 'From now on a sign-in asks for its code as well. Keep the recovery codes where you find them without it.' },
    { link: signInLink, label: 'Sign in' },
    { say: 'If that was not you, answer to whoever runs this service at once.' },
  ])

export const authenticatorOffMail = (...[to, name, when, where, signInLink]: [...About, string]): Message =>
  compose(to, 'Your authenticator app is off', [
    { say: `Hello ${name},` },
    {
      say: `On ${when} the authenticator app was taken off your account (${where}). All your other sessions were ended.`,
    },
    { link: signInLink, label: 'Sign in' },
    { say: 'If that was not you, change your password and answer to whoever runs this service at once.' },
  ])

export const recoveryCodesMail = (...[to, name, when, where, signInLink]: [...About, string]): Message =>
  compose(to, 'You have new recovery codes', [
    { say: `Hello ${name},` },
    { say: `On ${when} new recovery codes were made for your account (${where}). Those before no longer work.` },
    { link: signInLink, label: 'Sign in' },
    { say: 'If that was not you, change your password and answer to whoever runs this service at once.' },
  ])

export const recoveryCodeUsedMail = (...[to, name, when, where, left, link]: [...About, number, string]): Message =>
  compose(to, 'A recovery code was used', [
    { say: `Hello ${name},` },
    { say: `On ${when} a recovery code of your account was used (${where}). You have ${left} left.` },
    { link, label: 'Make new ones' },
    { say: 'If that was not you, somebody has your codes: change your password and make new ones at once.' },
  ])

/** @param why what it is for, as the end of "Enter this code to …" */
const codeMail = (to: string, subject: string, why: string, code: string, otherwise: string): Message =>
  compose(to, subject, [
    { say: 'Hello,' },
    { say: `Enter this code within 10 minutes to ${why}, in the browser where you asked for it.` },
    { code },
    { say: otherwise },
  ])

const notYou = 'If you did not ask for it, do not pass it on: nothing happens without it.'

export const signInCodeMail = (to: string, code: string): Message =>
  codeMail(to, 'Your code to sign in', 'sign in', code, notYou)

export const proofCodeMail = (to: string, code: string): Message =>
  codeMail(to, 'Your code to confirm that it is you', 'confirm that it is you', code, notYou)

export const newEmailMail = (to: string, code: string): Message =>
  codeMail(to, 'Confirm your new address', 'make this the address of your account', code, notYou)

export const emailTakenMail = (to: string, signInLink: string): Message =>
  compose(to, 'This address has an account already', [
    { say: 'Somebody, probably you, asked to make this the address of another account. Nothing was changed.' },
    { link: signInLink, label: 'Sign in' },
    { say: 'If that was not you, there is nothing to do.' },
  ])

export const emailChangedMail = (...[to, name, when, where, undo]: [...About, string]): Message =>
  compose(to, 'The address of your account was changed', [
    { say: `Hello ${name},` },
    { say: `On ${when} another address took the place of this one (${where}).` },
    { say: 'If that was you, there is nothing to do.' },
    { link: undo, label: 'This wasn’t me' },
    { say: 'For seven days the link puts this address back and ends every session. Then choose a new password.' },
  ])

export const emailRestoredMail = (...[to, name, when, where, forgotLink]: [...About, string]): Message =>
  compose(to, 'Your address was put back', [
    { say: `Hello ${name},` },
    {
      say: `On ${when} the address of your account was put back by a link from our mail (${where}). Every session was ended. Passkeys, connected accounts and personal tokens that were added since the change or on the day before it are gone, and so is a password that was set in that time.`,
    },
    { link: forgotLink, label: 'Choose a new password' },
    { say: 'Do that now: whoever changed the address may know the present one.' },
  ])

export const tokenMadeMail = (...[to, name, when, where, token, link]: [...About, string, string]): Message =>
  compose(to, 'A personal access token was made', [
    { say: `Hello ${name},` },
    {
      say: `On ${when} the personal access token “${token}” was made for your account (${where}). Whoever has it can act for you, also after your password has changed.`,
    },
    { link, label: 'See your tokens' },
    { say: 'If that was not you, revoke it there and end all other sessions at once.' },
  ])

type AboutPasskey = [...About, passkey: string, securityLink: string]

export const passkeyAddedMail = (...[to, name, when, where, passkey, link]: AboutPasskey): Message =>
  compose(to, 'A passkey was added', [
    { say: `Hello ${name},` },
    { say: `On ${when} the passkey “${passkey}” was added to your account (${where}). It signs in by itself.` },
    { link, label: 'See your passkeys' },
    { say: 'If that was not you, remove it there and end all other sessions at once.' },
  ])

export const passkeyRemovedMail = (...[to, name, when, where, passkey, link]: AboutPasskey): Message =>
  compose(to, 'A passkey was removed', [
    { say: `Hello ${name},` },
    {
      say: `On ${when} the passkey “${passkey}” was removed from your account (${where}). All your other sessions were ended.`,
    },
    { link, label: 'See your passkeys' },
    { say: 'If that was not you, answer to whoever runs this service at once.' },
  ])

export const passkeyCopiedMail = (...[to, name, when, where, passkey, link]: AboutPasskey): Message =>
  compose(to, 'We refused one of your passkeys', [
    { say: `Hello ${name},` },
    {
      say: `On ${when} your passkey “${passkey}” was used (${where}), but its counter had gone back. That can mean that there is a copy of it, so we refused it.`,
    },
    { link, label: 'See your passkeys' },
    { say: 'Sign in another way, remove that passkey and add a new one.' },
  ])

export const accountDeletedMail = (...[to, name, when, where, undo]: [...About, string]): Message =>
  compose(to, 'Your account was deleted', [
    { say: `Hello ${name},` },
    { say: `On ${when} your account was deleted (${where}). Every session and every token of it is dead.` },
    { link: undo, label: 'Bring it back' },
    { say: 'The link works for seven days. After that nothing of the account is left.' },
  ])

export const accountRestoredMail = (...[to, name, when, where, signInLink]: [...About, string]): Message =>
  compose(to, 'Your account is back', [
    { say: `Hello ${name},` },
    {
      say: `On ${when} your account was brought back by a link from our mail (${where}). Nobody was signed in by that.`,
    },
    { link: signInLink, label: 'Sign in' },
    { say: 'If that was not you, somebody can read your mail: secure your mailbox, then choose a new password.' },
  ])

type AboutProvider = [...About, provider: string, securityLink: string]

export const accountConnectedMail = (...[to, name, when, where, provider, link]: AboutProvider): Message =>
  compose(to, `${provider} was connected`, [
    { say: `Hello ${name},` },
    { say: `On ${when} an account at ${provider} was connected to yours (${where}). It signs in by itself.` },
    { link, label: 'See your accounts' },
    { say: 'If that was not you, disconnect it there and change your password at once.' },
  ])

export const accountDisconnectedMail = (...[to, name, when, where, provider, link]: AboutProvider): Message =>
  compose(to, `${provider} was disconnected`, [
    { say: `Hello ${name},` },
    {
      say: `On ${when} the account at ${provider} was disconnected from yours (${where}). All your other sessions were ended.`,
    },
    { link, label: 'See your accounts' },
    { say: 'If that was not you, answer to whoever runs this service at once.' },
  ])

export const passwordSetMail = (...[to, name, when, where, signInLink]: [...About, string]): Message =>
  compose(to, 'Your account has a password now', [
    { say: `Hello ${name},` },
    { say: `On ${when} a password was set for your account (${where}). It signs in from now on.` },
    { link: signInLink, label: 'Sign in' },
    { say: 'If that was not you, answer to whoever runs this service at once.' },
  ])

export const passwordRemovedMail = (...[to, name, when, where, signInLink]: [...About, string]): Message =>
  compose(to, 'Your password was removed', [
    { say: `Hello ${name},` },
    {
      say: `On ${when} the password was taken off your account (${where}). All your other sessions were ended. Your passkeys and connected accounts sign in as before.`,
    },
    { link: signInLink, label: 'Sign in' },
    { say: 'If that was not you, answer to whoever runs this service at once.' },
  ])
