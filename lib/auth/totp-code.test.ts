// The code of an authenticator app: RFC 6238's own table, what people may type, and how long one is good.
import { Secret } from 'otpauth'
import { describe, expect, test } from 'vitest'
import { start } from './testing/trial'
import { codeAt, digitsOf, makeTotpSecret, stepOf, totpUri } from './totp-code'

const secret = makeTotpSecret()
const second = 1000
/** The first millisecond of a step. */
const whole = Math.ceil(start / 30_000) * 30_000

describe('a code', () => {
  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [20_000_000_000, '353130'],
  ])('of RFC 6238 at %i s is %s', (at, code) => {
    const rfc = Secret.fromLatin1('12345678901234567890').base32
    expect(codeAt(rfc, at * second)).toBe(code)
    expect(stepOf(rfc, code, at * second)).toBe(Math.floor(at / 30))
  })

  test('is good for its thirty seconds and ten to either side', () => {
    const code = codeAt(secret, whole)
    const step = whole / 30_000
    for (const at of [-10, 0, 15, 29, 39]) expect(stepOf(secret, code, whole + at * second), String(at)).toBe(step)
    for (const at of [-11, 41, 60, -60, 3600]) expect(stepOf(secret, code, whole + at * second), String(at)).toBeNull()
  })

  test('MF05 may be grouped, and is nothing else', () => {
    const code = codeAt(secret, whole)
    const grouped = [code, `${code.slice(0, 3)} ${code.slice(3)}`, `${code.slice(0, 3)}-${code.slice(3)}`, ` ${code} `]
    for (const typed of grouped) expect(stepOf(secret, typed, whole), typed).not.toBeNull()
    const fullWidth = [...code].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('')
    const arabic = [...code].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0x630)).join('')
    const wrong = ['', null, [], {}, Number(code), [code], `${code}0`, code.slice(1), fullWidth, arabic, undefined]
    for (const typed of wrong) expect(digitsOf(typed), String(typed)).toBeNull()
  })
})

test('a secret has 160 random bits, and apps are told whose it is', () => {
  expect(Secret.fromBase32(secret).bytes).toHaveLength(20)
  expect(makeTotpSecret()).not.toBe(secret)
  const uri = new URL(totpUri(secret, 'ann@example.com'))
  expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual([
    'otpauth:',
    'totp',
    '/Handstamp:ann@example.com',
  ])
  expect(uri.searchParams.get('secret')).toBe(secret)
})
