// @vitest-environment edge-runtime

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { joined, utf8 } from './forging'
import { parseStrictJsonObject } from './strict-json'

const parse = (text: string) => parseStrictJsonObject(utf8(text))

describe('a strict JSON object', () => {
  test('any object comes back member for member', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
        const text = JSON.stringify(object)
        expect(Object.fromEntries(parse(text) ?? [])).toEqual(Object.fromEntries(Object.entries(JSON.parse(text))))
      }),
    )
  })

  test('any member written twice, at any depth, spoils it', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.string(),
        fc.jsonValue(),
        fc.integer({ min: 0, max: 3 }),
        (object, name, value, depth) => {
          const member = `${JSON.stringify(name)}:${JSON.stringify(value)}`
          const rest = JSON.stringify(object).slice(1, -1)
          const twice = `{${member},${rest}${rest ? ',' : ''}${member}}`
          const nested = Array.from({ length: depth }).reduce<string>(
            (text, _, level) => (level % 2 ? `{"k":${text}}` : `{"k":[1,${text}]}`),
            twice,
          )
          expect(parse(nested)).toBeNull()
        },
      ),
    )
  })

  test('any text is either refused or what JSON.parse makes of it', () => {
    const character = fc.constantFrom(...'{}[]",:\\ \n\tabu0061')
    fc.assert(
      fc.property(fc.string({ unit: character, maxLength: 30 }), (text) => {
        const members = parse(text)
        if (members) expect(Object.fromEntries(members)).toEqual(JSON.parse(text))
      }),
      { numRuns: 3000 },
    )
  })

  test.each([
    ['equal names, one of them escaped', '{"sub":1,"s\\u0075b":2}'],
    ['equal names with whitespace before the colon', '{"a":1,"a"\r\n\t :2}'],
    ['equal names after a string with quotes and brackets', '{"x":"\\"}{[","a":1,"a":2}'],
    ['equal empty names', '{"":1,"":2}'],
    ['equal names after a closed object', '{"a":{"b":1},"a":2}'],
    ['an array', '[]'],
    ['a number', '1'],
    ['null', 'null'],
    ['nothing', ''],
    ['two objects', '{}{}'],
    ['a name without a value', '{"a"}'],
    ['a raw control character in a string', '{"a":"\n"}'],
  ])('%s: refused', (_, text) => {
    expect(parse(text)).toBeNull()
  })

  test.each([
    ['a backslash before the closing quote', '{"a\\\\":1,"a":2}'],
    ['the same name in two objects', '{"a":{"x":1},"b":{"x":2},"x":3}'],
    ['names as values', '{"a":"a","b":["a","b"]}'],
  ])('%s: accepted', (_, text) => {
    expect(parse(text)).not.toBeNull()
  })

  test.each([
    ['a BOM', joined(new Uint8Array([0xef, 0xbb, 0xbf]), utf8('{}'))],
    ['a stray continuation byte', joined(utf8('{"a":"'), new Uint8Array([0x80]), utf8('"}'))],
    ['a cut character', joined(utf8('{"a":"'), new Uint8Array([0xe2, 0x82]), utf8('"}'))],
    ['an encoded surrogate', joined(utf8('{"a":"'), new Uint8Array([0xed, 0xa0, 0x80]), utf8('"}'))],
  ])('%s: refused', (_, bytes) => {
    expect(parseStrictJsonObject(bytes)).toBeNull()
  })

  test('a refusal leaves nothing behind for the next text', () => {
    expect(parseStrictJsonObject(new Uint8Array([0xe2, 0x82]))).toBeNull()
    expect(parse('{"a":1}')?.get('a')).toBe(1)
  })

  test('__proto__ is a member like any other and inherited ones are not there', () => {
    const members = parse('{"__proto__":{"admin":true}}')
    expect(members?.get('__proto__')).toEqual({ admin: true })
    expect(members?.get('toString')).toBeUndefined()
  })
})
