// How often things may be tried. Counters live in the database; the numbers are here, and docs/security.md explains them.

import { AppError } from '../core/errors'
import type { Db } from '../db/client'
import { type Limit, type Limiter, openLimiter } from '../db/limits'

const minute = 60
const hour = 60 * minute

const numbers = {
  signInNetwork: { name: 'sign-in-network', points: 100, duration: 15 * minute },
  signInOverall: { name: 'sign-in-overall', points: 3000, duration: minute },
  /** Different accounts that one network tries without success: one password over many accounts is seen by it. */
  sprayNetwork: { name: 'spray-network', points: 50, duration: hour },
  /** Whether a network has tried an account already: then it is counted there. */
  sprayAccount: { name: 'spray-account', points: 1, duration: hour },
  /** Operators hear of it once an hour and network, its owner of guesses once a day. */
  sprayTold: { name: 'spray-told', points: 1, duration: hour },
  guessTold: { name: 'guess-told', points: 1, duration: 24 * hour },
  signUpNetwork: { name: 'sign-up-network', points: 300, duration: hour },
  signUpOverall: { name: 'sign-up-overall', points: 1000, duration: minute },
  mailMinute: { name: 'mail-minute', points: 1, duration: minute },
  mailHour: { name: 'mail-hour', points: 3, duration: hour },
  resetNetwork: { name: 'reset-network', points: 100, duration: 15 * minute },
  resetOverall: { name: 'reset-overall', points: 1000, duration: minute },
  /** Mails to one address, whoever asks. */
  resetHour: { name: 'reset-hour', points: 3, duration: hour },
  codeBrowser: { name: 'code-browser', points: 5, duration: 15 * minute },
  codeAddress: { name: 'code-address', points: 30, duration: 15 * minute },
  codeNetwork: { name: 'code-network', points: 100, duration: 15 * minute },
  /** Codes to sign in or to prove oneself by mail: by address, whoever asks. */
  mailedCodeHour: { name: 'mailed-code-hour', points: 6, duration: hour },
  mailedCodeNetwork: { name: 'mailed-code-network', points: 60, duration: 15 * minute },
  mailedCodeOverall: { name: 'mailed-code-overall', points: 1000, duration: minute },
  emailChange: { name: 'email-change', points: 5, duration: hour },
  /** Reads every table. */
  dataExport: { name: 'data-export', points: 10, duration: hour },
  /** Each asks the provider. */
  providerNetwork: { name: 'provider-network', points: 100, duration: 15 * minute },
  providerOverall: { name: 'provider-overall', points: 1000, duration: minute },
  /** By the first factor that was proven, and by account: a new sign-in does not start the count anew. */
  factorAttempt: { name: 'factor-attempt', points: 5, duration: 10 * minute },
  factorAccount: { name: 'factor-account', points: 20, duration: 15 * minute },
  /** Each is a row. */
  othersEnded: { name: 'others-ended', points: 30, duration: hour },
  /** A password that others know must not become a flood of mail. */
  noticeHour: { name: 'notice-hour', points: 6, duration: hour },
  /** A held submission goes through once. */
  heldOnce: { name: 'held-once', points: 1, duration: 15 * minute },
  /** Each is a mail. */
  passkeyAdding: { name: 'passkey-adding', points: 30, duration: hour },
  personalTokenMaking: { name: 'personal-token-making', points: 60, duration: hour },
  /** Wrong ones only: a script that brings a good one is counted nowhere. */
  personalTokenNetwork: { name: 'personal-token-network', points: 100, duration: 15 * minute },
  /** A script that goes on with a dead token is told to its owner now and then. */
  personalTokenTold: { name: 'personal-token-told', points: 1, duration: hour },
  demoNetwork: { name: 'demo-network', points: 600, duration: hour },
  /** The lab's attacks on this app itself: each try is up to eighty of them, and each of those four requests. */
  labAttackSession: { name: 'lab-attack-session', points: 60, duration: 10 * minute },
  labAttackNetwork: { name: 'lab-attack-network', points: 180, duration: 10 * minute },
  /** Each run ends in the mail that a reuse brings. */
  labReuse: { name: 'lab-reuse', points: 6, duration: hour },
} satisfies Record<string, Limit>

export type Limits = Record<keyof typeof numbers, Limiter>

export const openLimits = (db: Db): Limits => ({
  signInNetwork: openLimiter(db, numbers.signInNetwork),
  signInOverall: openLimiter(db, numbers.signInOverall),
  sprayNetwork: openLimiter(db, numbers.sprayNetwork),
  sprayAccount: openLimiter(db, numbers.sprayAccount),
  sprayTold: openLimiter(db, numbers.sprayTold),
  guessTold: openLimiter(db, numbers.guessTold),
  signUpNetwork: openLimiter(db, numbers.signUpNetwork),
  signUpOverall: openLimiter(db, numbers.signUpOverall),
  mailMinute: openLimiter(db, numbers.mailMinute),
  mailHour: openLimiter(db, numbers.mailHour),
  resetNetwork: openLimiter(db, numbers.resetNetwork),
  resetOverall: openLimiter(db, numbers.resetOverall),
  resetHour: openLimiter(db, numbers.resetHour),
  codeBrowser: openLimiter(db, numbers.codeBrowser),
  codeAddress: openLimiter(db, numbers.codeAddress),
  codeNetwork: openLimiter(db, numbers.codeNetwork),
  mailedCodeHour: openLimiter(db, numbers.mailedCodeHour),
  mailedCodeNetwork: openLimiter(db, numbers.mailedCodeNetwork),
  mailedCodeOverall: openLimiter(db, numbers.mailedCodeOverall),
  emailChange: openLimiter(db, numbers.emailChange),
  dataExport: openLimiter(db, numbers.dataExport),
  providerNetwork: openLimiter(db, numbers.providerNetwork),
  providerOverall: openLimiter(db, numbers.providerOverall),
  factorAttempt: openLimiter(db, numbers.factorAttempt),
  factorAccount: openLimiter(db, numbers.factorAccount),
  othersEnded: openLimiter(db, numbers.othersEnded),
  noticeHour: openLimiter(db, numbers.noticeHour),
  heldOnce: openLimiter(db, numbers.heldOnce),
  passkeyAdding: openLimiter(db, numbers.passkeyAdding),
  personalTokenMaking: openLimiter(db, numbers.personalTokenMaking),
  personalTokenNetwork: openLimiter(db, numbers.personalTokenNetwork),
  personalTokenTold: openLimiter(db, numbers.personalTokenTold),
  demoNetwork: openLimiter(db, numbers.demoNetwork),
  labAttackSession: openLimiter(db, numbers.labAttackSession),
  labAttackNetwork: openLimiter(db, numbers.labAttackNetwork),
  labReuse: openLimiter(db, numbers.labReuse),
})

/**
 * Counts a try at each limit before the work that it guards, the narrowest first: what one network is refused must not
 * use up what is everybody's.
 * @throws AppError `rate_limited` with the wait of the first that refuses
 */
export const spend = async (tries: readonly (readonly [Limiter, string])[]): Promise<void> => {
  for (const [limiter, key] of tries) {
    const wait = await limiter.consume(key)
    if (wait > 0) throw new AppError('rate_limited', { retryAfter: wait })
  }
}
