// Which passwords are taken, and the reason that the others are told.
import { describe, expect, test } from 'vitest'
import { passwordFault } from './password-strength'

const least = 15
const about = ['handstamp', 'Ann Example', 'ann.example@mail.example.org']
const faultOf = (password: string) => passwordFault(password, least, about)
const emoji = (count: number) =>
  String.fromCodePoint(...Array.from({ length: count }, (_, i) => 0x1f400 + ((i * 37) % 200)))
const mixed = (count: number) =>
  Array.from({ length: count }, (_, i) => String.fromCodePoint(0x21 + ((i * 37 + (i >> 3)) % 90))).join('')

describe('the length of a password', () => {
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

describe('a password that is easy to guess', () => {
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
})
