// @vitest-environment edge-runtime
// The form alone, without a key; with a signature see token-*.test.ts.

import { describe, expect, test } from 'vitest'
import { maxTokenBytes, readCompactHeader } from './compact'
import { segment } from './forging'

const header = { alg: 'ES256', typ: 'at+jwt', kid: 'key-1' }
const withHeader = (members: unknown) => `${segment(JSON.stringify(members))}.e30.AAAA`

describe('the compact form', () => {
  test('gives the three header members', () => {
    expect(readCompactHeader(withHeader(header))).toEqual({ ok: true, header })
  })

  test.each([
    ['a fourth member', { ...header, cty: 'JWT' }],
    ['a member named __proto__', JSON.parse('{"alg":"ES256","typ":"at+jwt","kid":"key-1","__proto__":{}}')],
    ['no kid', { alg: 'ES256', typ: 'at+jwt' }],
    ['a kid of another shape', { ...header, kid: 'a/b' }],
    ['an empty kid', { ...header, kid: '' }],
    ['alg as a number', { ...header, alg: 1 }],
    ['typ as null', { ...header, typ: null }],
    ['no member at all', {}],
  ])('refuses %s as a header', (_, members) => {
    expect(readCompactHeader(withHeader(members))).toEqual({ ok: false, reason: 'header' })
  })

  test.each([
    ['nothing', ''],
    ['two parts', 'e30.e30'],
    ['four parts', 'e30.e30.AAAA.AAAA'],
    ['an empty signature', 'e30.e30.'],
    ['a header that is no JSON', 'AAAA.e30.AAAA'],
    ['a header that is an array', withHeader([])],
    ['a header that is a string', withHeader('x')],
    ['a header that is null', withHeader(null)],
  ])('refuses %s as malformed', (_, token) => {
    expect(readCompactHeader(token)).toEqual({ ok: false, reason: 'malformed' })
  })

  test('is measured before it is read', () => {
    expect(readCompactHeader('x'.repeat(maxTokenBytes))).toEqual({ ok: false, reason: 'malformed' })
    expect(readCompactHeader('x'.repeat(maxTokenBytes + 1))).toEqual({ ok: false, reason: 'too_large' })
  })
})
