// @vitest-environment edge-runtime
import { describe, expect, test } from 'vitest'
import { normalPassword, passwordFormFault } from './password'

const family = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}'

describe('the form of a password', () => {
  test.each([
    ['fifteen characters', 'a'.repeat(15), null],
    ['fourteen', 'a'.repeat(14), 'too_short'],
    ['nothing', '', 'too_short'],
    ['128 characters', 'a'.repeat(128), null],
    ['129', 'a'.repeat(129), 'too_long'],
    ['1 MB', 'a'.repeat(1_000_000), 'too_long'],
    ['spaces at its ends count', ` ${'a'.repeat(13)} `, null],
    ['spaces alone are a password by form', ' '.repeat(15), null],
    ['an emoji is one character', '\u{1f600}'.repeat(14), 'too_short'],
    ['fifteen emojis', '\u{1f600}'.repeat(15), null],
    ['128 emojis are 512 bytes', '\u{1f600}'.repeat(128), null],
    ['129 emojis', '\u{1f600}'.repeat(129), 'too_long'],
    ['a family is the five code points it is made of', family.repeat(3), null],
    ['a letter and its accent are one character', 'e\u0301'.repeat(14), 'too_short'],
    ['128 letters with their accents', 'e\u0301'.repeat(128), null],
    ['NUL is a character', `${'a'.repeat(14)}\u0000`, null],
  ])('%s', (_, typed, fault) => {
    expect(passwordFormFault(typed, 15)).toBe(fault)
  })

  test('grows by normalising: what is then over 512 bytes is too long', () => {
    expect('\u{1d160}'.normalize('NFC').length).toBeGreaterThan('\u{1d160}'.length)
    expect(passwordFormFault('\u{1d160}'.repeat(60), 15)).toBe('too_long')
  })
})

describe('the password that is hashed', () => {
  test('is the same for \u00e9 typed in two ways', () => {
    expect(normalPassword('caf\u0065\u0301')).toBe(normalPassword('caf\u00e9'))
  })

  test.each([
    ['case', 'Password', 'password'],
    ['spaces at the ends', ' password ', 'password'],
    ['K08 what follows a NUL', 'good\u0000junk', 'good'],
    ['full-width letters', '\uff50assword', 'password'],
  ])('keeps %s', (_, typed, other) => {
    expect(normalPassword(typed)).toBe(typed)
    expect(normalPassword(typed)).not.toBe(normalPassword(other))
  })
})
