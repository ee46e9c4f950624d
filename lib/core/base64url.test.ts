// @vitest-environment edge-runtime
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeBase64url, encodeBase64url, isCanonicalBase64url } from './base64url'

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

describe('base64url', () => {
  test('any bytes come back from their text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const encoded = encodeBase64url(bytes)
        expect(encoded).toBe(text(bytes))
        expect([...(decodeBase64url(encoded) ?? [])]).toEqual([...bytes])
      }),
    )
  })

  test('a text that decodes is the only spelling of its bytes', () => {
    const character = fc.constantFrom(...'ABQgwxyz019-_=+/ \n')
    fc.assert(
      fc.property(fc.string({ unit: character, maxLength: 12 }), (given) => {
        const bytes = decodeBase64url(given)
        expect(bytes !== null).toBe(isCanonicalBase64url(given))
        if (bytes) expect(encodeBase64url(bytes)).toBe(given)
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    ['one character over', 'AAAAA'],
    ['padding', 'AA=='],
    ['stray bits after one byte', 'AB'],
    ['stray bits after two bytes', 'AAB'],
    ['the standard alphabet', 'A+/A'],
    ['a space', 'AA AA'],
    ['a line end', 'AAAA\n'],
    ['a letter beyond ASCII', 'AAA\u00e9'],
  ])('%s is refused', (_, given) => {
    expect(isCanonicalBase64url(given)).toBe(false)
    expect(decodeBase64url(given)).toBeNull()
  })

  test('nothing is the text of no bytes', () => {
    expect(encodeBase64url(new Uint8Array())).toBe('')
    expect(decodeBase64url('')).toHaveLength(0)
  })
})
