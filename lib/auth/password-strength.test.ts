// Which passwords are taken, and the reason that the others are told.
import { dictionary } from '@zxcvbn-ts/language-common'
import { describe, expect, test } from 'vitest'
import { passwordFault } from './password-strength'

const least = 15
const about = ['handstamp', 'Ann Example', 'ann.example@mail.example.org']
const faultOf = (password: string) => passwordFault(password, least, about)
const emoji = (count: number) =>
  String.fromCodePoint(...Array.from({ length: count }, (_, i) => 0x1f400 + ((i * 37) % 200)))
const mixed = (count: number) =>
  Array.from({ length: count }, (_, i) => String.fromCodePoint(0x21 + ((i * 37 + (i >> 3)) % 90))).join('')

describe('P01, P02, P03 the length of a password', () => {
  test.each([
    ['14 characters', 'violet anchors', 'too_short'],
    ['15 characters', 'violet anchorsM', null],
    ['15 code points that are 30 UTF-16 units', emoji(15), null],
    ['14 code points that are 28 UTF-16 units', emoji(14), 'too_short'],
    ['15 code points that are 14 after NFC', 'violet ancho e\u0301', 'too_short'],
    ['128 characters', mixed(128), null],
    ['129 characters', mixed(129), 'too_long'],
    ['128 code points of four bytes each', emoji(128), null],
    ['129 code points', emoji(129), 'too_long'],
    ['nothing', '', 'too_short'],
  ])('%s: %j is %j', (_name, password, fault) => {
    expect(faultOf(password)).toBe(fault)
  })

  test('of a megabyte is refused before anybody works on it', () => {
    // The best of three: the machine has other things to do.
    let took = Number.POSITIVE_INFINITY
    for (let i = 0; i < 3; i++) {
      const began = performance.now()
      expect(faultOf('e\u0301'.repeat(500_000))).toBe('too_long')
      took = Math.min(took, performance.now() - began)
    }
    expect(took).toBeLessThan(50)
  })
})

describe('P05 a password that is easy to guess', () => {
  test.each([
    'passwordpassword',
    'handstamp123456789',
    'handstamphandstamp',
    'ann.example@mail.example.org',
    'Ann.Example@Mail.Example.Org',
    'aaaaaaaaaaaaaaaaaaaa',
    'abcabcabcabcabcabc',
    '123456789012345',
    'qwertyuiopasdfgh',
    'password12345678',
  ])('%j is refused', (password) => {
    expect(faultOf(password)).toBe('easy_to_guess')
  })

  test.each([
    'violet anchor mumbles softly',
    'correct horse battery staple',
    'トマト と きゅうり の サラダ を 食べる',
    'Zq7!vLm2#xTn9$k',
  ])('%j is none', (password) => {
    expect(faultOf(password)).toBeNull()
  })

  /** The first that guessers try, with the spelling that makes them long enough. */
  const common = dictionary['passwords-common'] ?? []
  const lengthened = (word: string) => word.repeat(Math.ceil(least / word.length))

  /** Judging one takes milliseconds, so each fifteenth stands for its neighbours. */
  const some = (words: readonly string[]) => words.slice(0, 3000).filter((_, i) => i % 15 === 0)

  test('is among the three thousand commonest of legal length where eight characters are', { timeout: 20_000 }, () => {
    const legal = common.filter((word) => word.length >= 8)
    expect(legal.length).toBeGreaterThan(3000)
    expect(some(legal).filter((word) => passwordFault(word, 8, about) !== 'easy_to_guess')).toEqual([])
  })

  test('is a common one that is long by itself, or is said until it is long enough', { timeout: 20_000 }, () => {
    const long = common.filter((word) => word.length >= least)
    expect(long.length).toBeGreaterThan(30)
    const all = [...long, ...some(common).map(lengthened)]
    expect(all.filter((word) => faultOf(word) !== 'easy_to_guess')).toEqual([])
  })

  test('is made of the product, the person’s name or the part of the address before the @, in any case and with digits', () => {
    const person = ['Handstamp', 'Wilhelmina Oosterhuis', 'wilhelmina.oosterhuis@mail.example']
    const judged = (password: string) => passwordFault(password, least, person)
    for (const password of [
      'Handstamp20262026',
      'wilhelminaoosterhuis',
      'Wilhelmina.Oosterhuis',
      'WILHELMINA OOSTERHUIS',
      'oosterhuis123456',
      'wilhelmina.oosterhuis@mail.example',
    ])
      expect(judged(password), password).toBe('easy_to_guess')
  })
})

describe('P04 no rule of composition', () => {
  test.each([
    ['small letters alone', 'violetanchormumbles'],
    ['capitals alone', 'VIOLETANCHORMUMBLES'],
    ['no letters at all', '8204 6173 9950 2846'],
    ['spaces at both ends', ' violet anchor mum '],
  ])('asks %s for anything else', (_name, password) => {
    expect(faultOf(password)).toBeNull()
  })
})
