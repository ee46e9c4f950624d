// @vitest-environment edge-runtime
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CookieReading, clearedCookie, cookieName, cookieValue, readCookie, serializeCookie } from './cookies'

const at = cookieName('at', true)
const found = (value: string): CookieReading => ({ value })

describe('the name of a cookie', () => {
  test.each([
    ['at', true, '__Host-Http-handstamp-at'],
    ['rt', true, '__Host-Http-handstamp-rt'],
    ['flow', true, '__Host-Http-handstamp-flow'],
    ['at', false, 'handstamp-at'],
  ] as const)('%s, over https %s: %s', (kind, secure, name) => {
    expect(cookieName(kind, secure)).toBe(name)
  })
})

const readings: [sentence: string, header: string | null, answer: CookieReading][] = [
  ['no header', null, 'absent'],
  ['an empty header', '', 'absent'],
  ['alone', `${at}=x`, found('x')],
  ['among others', `a=1; ${at}=x; b=2`, found('x')],
  ['without a space after the semicolon', `a=1;${at}=x;b=2`, found('x')],
  ['a value with equal signs is kept whole', `${at}=x==y=`, found('x==y=')],
  ['an empty value', `${at}=`, found('')],
  ['G01 twice, good first', `${at}=good; ${at}=bad`, 'duplicated'],
  ['G01 twice, bad first', `${at}=bad; ${at}=good`, 'duplicated'],
  ['G01 twice the same', `${at}=x; ${at}=x`, 'duplicated'],
  ['G01 twice, one of them empty', `${at}=; ${at}=x`, 'duplicated'],
  ['G02 two Cookie headers, joined', `a=1; ${at}=x; ${at}=y`, 'duplicated'],
  ['G04 after 180 others', `${Array.from({ length: 180 }, (_, i) => `c${i}=${i}`).join('; ')}; ${at}=x`, found('x')],
  ['G07 U+00A0 before the name', `a=1; \u00a0${at}=x`, 'absent'],
  ['G07 U+2000 before the name', `a=1; \u2000${at}=x`, 'absent'],
  ['G07 U+0085 before the name', `a=1; \u0085${at}=x`, 'absent'],
  ['G07 U+FEFF before the name', `a=1; \ufeff${at}=x`, 'absent'],
  ['G07 VT before the name', `a=1; \v${at}=x`, 'absent'],
  ['G07 FF before the name', `a=1; \f${at}=x`, 'absent'],
  ['G07 a tab before the name', `a=1; \t${at}=x`, 'absent'],
  ['G07 U+00A0 beside the real one', `\u00a0${at}=evil; ${at}=x`, found('x')],
  ['G07 a tab beside the real one', `a=1;\t${at}=evil; ${at}=x`, found('x')],
  ['G07 nameless, with our name in the value', `=${at}=x`, 'absent'],
  ['G07 no equal sign at all', at, 'absent'],
  ['G07 $Version', `$Version=1; ${at}=x`, found('x')],
  ['G07 a quoted value keeps its quotes', `${at}="x"`, found('"x"')],
  ['G07 a list with a comma is one value', `${at}=x, ${at}=y`, found(`x, ${at}=y`)],
  ['G08 another case', `${at.toLowerCase()}=x; ${at.toUpperCase()}=y`, 'absent'],
  ['G08 the name with a space after it', `${at} =x`, 'absent'],
  ['G08 the name with a tab after it', `${at}\t=x`, 'absent'],
  ['G10 the name without its prefix', 'handstamp-at=x', 'absent'],
  ['G10 the name with a weaker prefix', '__Host-handstamp-at=x', 'absent'],
  ['G11 chunks are not joined', `${at}.0=x; ${at}.1=y`, 'absent'],
  ['G12 percent signs are not decoded', `${at}=%00%zz%u0041`, found('%00%zz%u0041')],
  ['a longer name that ends like ours', `x${at}=x`, 'absent'],
  ['our name in the value of another', `a=${at}=x`, 'absent'],
]

describe('reading a cookie from the raw header', () => {
  test.each(readings)('%s', (_, header, answer) => {
    expect(readCookie(header, at)).toEqual(answer)
  })

  test('finds what was written, wherever it stands, and calls it duplicated as soon as it comes twice', () => {
    const name = fc.stringMatching(/^[a-z]{1,8}$/)
    const value = fc.stringMatching(/^[A-Za-z0-9._-]{1,20}$/)
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value)), value, fc.nat(), (others, ours, seed) => {
        const pairs = others.map(([key, text]) => `${key}=${text}`)
        const place = seed % (pairs.length + 1)
        const once = [...pairs.slice(0, place), `${at}=${ours}`, ...pairs.slice(place)]
        expect(readCookie(once.join('; '), at)).toEqual(found(ours))
        expect(readCookie([...once, `${at}=${ours}`].join('; '), at)).toBe('duplicated')
        expect(readCookie(pairs.join('; '), at)).toBe('absent')
      }),
    )
  })

  test('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (header) => void readCookie(`${header}${at}=${header}`, at)))
  })

  test.each([
    ['a value', found('x'), 'x'],
    ['an empty value', found(''), null],
    ['absent', 'absent', null],
    ['duplicated', 'duplicated', null],
  ] as const)('%s as a value', (_, reading, value) => {
    expect(cookieValue(reading)).toBe(value)
  })
})

describe('writing a cookie', () => {
  test('C-1, C-2 over https it is Secure, HttpOnly, SameSite=Lax, for the whole host and no other', () => {
    expect(serializeCookie(at, 'x', true)).toBe(`${at}=x; Path=/; HttpOnly; SameSite=Lax; Secure`)
  })
  test('over http it is not Secure', () => {
    expect(serializeCookie('handstamp-at', 'x', false)).toBe('handstamp-at=x; Path=/; HttpOnly; SameSite=Lax')
  })
  test('C-6 it ends with the browser unless an age is given', () => {
    expect(serializeCookie(at, 'x', true)).not.toMatch(/Max-Age|Expires/)
    expect(serializeCookie(at, 'x', true, 60)).toBe(`${at}=x; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60`)
  })
  test('clearing it writes an empty one with no age, under the same attributes', () => {
    expect(clearedCookie('rt', true)).toBe(
      '__Host-Http-handstamp-rt=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0',
    )
    expect(clearedCookie('rt', false)).toBe('handstamp-rt=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0')
  })
})
