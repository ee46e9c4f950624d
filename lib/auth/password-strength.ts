// Whether a password is easy to guess (NIST SP 800-63B-4 §3.1.1.2: blocklist and context words). Works offline.
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common'
import { dictionary as english } from '@zxcvbn-ts/language-en'
import { AppError } from '../core/errors'
import { normalPassword, type PasswordFault, passwordFormFault } from '../core/password'
import { productName } from '../core/product'

/** zxcvbn's score 3 ("safely unguessable") starts at 1e8, where two common words and a number are; a little above that. */
const leastGuesses = 3e8

/** Code points that are judged: the estimator's time grows faster than the text, and it stops the event loop. */
const judgedMost = 40
/** Leet spellings that are tried: with the library's hundred a text made for it takes a fifth of a second, with eight 20 ms. */
const leetMost = 8

let estimator: ZxcvbnFactory | undefined

/**
 * @param context words that this person's password must not be made of: the product's name, their name and address
 * @returns the first fault, or `null` for a password to keep
 */
export const passwordFault = (typed: string, least: number, context: readonly string[]): PasswordFault | null => {
  const form = passwordFormFault(typed, least)
  if (form) return form
  estimator ??= new ZxcvbnFactory({
    dictionary: { ...common, ...english },
    graphs: adjacencyGraphs,
    l33tMaxSubstitutions: leetMost,
  })
  const words = context.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]).filter((word) => word.length > 2)
  const judged = [...normalPassword(typed)].slice(0, judgedMost).join('')
  return estimator.check(judged, [...words]).guesses < leastGuesses ? 'easy_to_guess' : null
}

const words = {
  too_short: (least: number) => `Use at least ${least} characters. A few unrelated words are easy to remember.`,
  too_long: () => 'Use at most 128 characters.',
  easy_to_guess: () =>
    'This password is easy to guess: it is common, repetitive or made of your name, address or this product’s name. A few unrelated words do better.',
}

/** @param field the form's name for it @throws AppError `invalid_fields` that says what would be better */
export const mustBeStrong = (typed: string, least: number, person: readonly string[], field: string): void => {
  const fault = passwordFault(typed, least, [productName, ...person])
  if (fault) throw new AppError('invalid_fields', { errors: { [field]: words[fault](least) } })
}
