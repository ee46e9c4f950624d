// Codes as people read them: how somebody signed in, whether a message tells of a mistake. Why a
// session ended is in lib/core/end-words.
import { refusals } from '../core/errors'

/** Whether a message tells of a mistake to mend, rather than of something that merely happened. */
export const isFault = (code: string): boolean =>
  Object.hasOwn(refusals, code) && code !== 'session_ended' && code !== 'unauthenticated'

/** What says how, not that it was proven (`mfa`, `user`), is left out. */
const methods: Readonly<Record<string, string>> = {
  pwd: 'Password',
  otp: 'One-time code',
  mail: 'Code by mail',
  hwk: 'Passkey',
  swk: 'Passkey',
  fed: 'Another provider',
  demo: 'Demo session',
}
const silent: ReadonlySet<string> = new Set(['mfa', 'user'])

/** `amr` (RFC 8176) for people. @example methodsInWords(['pwd']) // 'Password' */
export const methodsInWords = (amr: readonly string[]): string =>
  amr
    .filter((method) => !silent.has(method))
    .map((method) => methods[method] ?? method)
    .join(', ')
