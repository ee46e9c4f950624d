// @vitest-environment edge-runtime
// Catalogue K09 and K10: one canonical form, or none.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalEmail } from './email'

const label = (length: number) => 'a'.repeat(length)

const canonical: [sentence: string, typed: string, address: string][] = [
  ['a plain address', 'ann@example.com', 'ann@example.com'],
  ['upper case', 'Ann@EXAMPLE.Com', 'ann@example.com'],
  ['spaces and tabs around it', ' \tann@example.com ', 'ann@example.com'],
  ['dots are kept', 'a.n.n@example.com', 'a.n.n@example.com'],
  ['a plus is kept', 'ann+news@example.com', 'ann+news@example.com'],
  ['an apostrophe is kept', "o'neill@example.com", "o'neill@example.com"],
  ['an international domain becomes ASCII', 'ann@b\u00fccher.example', 'ann@xn--bcher-kva.example'],
  ['its ASCII form is the same address', 'ann@xn--bcher-kva.example', 'ann@xn--bcher-kva.example'],
  ['its decomposed form is the same address', 'ann@bu\u0308cher.example', 'ann@xn--bcher-kva.example'],
  ['its upper case is the same address', 'ann@B\u00dcCHER.example', 'ann@xn--bcher-kva.example'],
  ['a Cyrillic look-alike is another domain', 'ann@ex\u0430mple.com', 'ann@xn--exmple-4nf.com'],
  ['K10 \u00df in a domain is not ss', 'ann@stra\u00dfe.example', 'ann@xn--strae-oqa.example'],
  ['many labels', 'ann@a.b.c.example.co', 'ann@a.b.c.example.co'],
  ['the longest local part', `${label(64)}@example.com`, `${label(64)}@example.com`],
]

const refused: [sentence: string, typed: string][] = [
  ['nothing', ''],
  ['no @', 'ann.example.com'],
  ['no local part', '@example.com'],
  ['no domain', 'ann@'],
  ['two @', 'ann@evil.example@example.com'],
  ['a full-width @', 'ann\uff20example.com'],
  ['a comma list', 'ann@example.com,eve@evil.example'],
  ['a list with a semicolon', 'ann@example.com;eve@evil.example'],
  ['a list with a space', 'ann@example.com eve@evil.example'],
  ['a quoted local part', '"ann"@example.com'],
  ['a comment', 'ann(x)@example.com'],
  ['a comment in the domain', 'ann@(x)example.com'],
  ['a display name', 'Ann <ann@example.com>'],
  ['angle brackets', '<ann@example.com>'],
  ['a trailing dot', 'ann@example.com.'],
  ['a dot first', '.ann@example.com'],
  ['a dot last', 'ann.@example.com'],
  ['two dots', 'a..n@example.com'],
  ['two dots in the domain', 'ann@example..com'],
  ['a space inside', 'an n@example.com'],
  ['U+00A0 before it', '\u00a0ann@example.com'],
  ['a zero-width space', 'ann\u200b@example.com'],
  ['a zero-width space in the domain', 'ann@exam\u200bple.com'],
  ['a soft hyphen in the domain', 'ann@exam\u00adple.com'],
  ['a Cyrillic letter in the local part', '\u0430nn@example.com'],
  ['K10 a Turkish \u0130', 'adm\u0130n@example.com'],
  ['K10 a Turkish \u0131', 'adm\u0131n@example.com'],
  ['K10 \u00df in the local part', 'stra\u00dfe@example.com'],
  ['K10 a Kelvin sign', '\u212aim@example.com'],
  ['NFD in the local part', 'ane\u0301@example.com'],
  ['K08 NUL', 'ann@example.com\u0000'],
  ['K11 a line end', 'ann@example.com\nBcc: eve@evil.example'],
  ['a line end last', 'ann@example.com\n'],
  ['a line end first', '\r\nann@example.com'],
  ['percent encoding in the domain', 'ann@exa%6dple.com'],
  ['a port', 'ann@example.com:25'],
  ['a path', 'ann@example.com/x'],
  ['a user in the domain', 'ann@eve:x@example.com'],
  ['a single label', 'ann@localhost'],
  ['an address literal', 'ann@[127.0.0.1]'],
  ['a dotted address', 'ann@127.0.0.1'],
  ['a number that is an address', 'ann@2130706433'],
  ['a hexadecimal address', 'ann@0x7f.1'],
  ['an underscore in the domain', 'ann@ex_ample.com'],
  ['a hyphen first in a label', 'ann@-example.com'],
  ['a hyphen last in a label', 'ann@example-.com'],
  ['a numeric top level', 'ann@example.123'],
  ['a local part of 65', `${label(65)}@example.com`],
  ['a label of 64', `ann@${label(64)}.com`],
  ['255 characters', `ann@${`${label(49)}.`.repeat(5)}x`],
  ['10 MB', `${label(10_000_000)}@example.com`],
]

describe('an e-mail address', () => {
  test.each(canonical)('%s', (_, typed, address) => {
    expect(canonicalEmail(typed)).toBe(address)
  })

  test.each(refused)('%s: none', (_, typed) => {
    expect(canonicalEmail(typed)).toBeNull()
  })

  test('of the longest host of 254 characters in all is one, of 255 none', () => {
    const host = (length: number) => `${`${label(49)}.`.repeat(4)}${label(length - 204)}.com`
    expect(canonicalEmail(`ab@${host(251)}`)).toHaveLength(254)
    expect(canonicalEmail(`abc@${host(251)}`)).toBeNull()
  })

  test('in its canonical form is its own canonical form, in ASCII, lower case and one line', () => {
    const typed = fc.oneof(
      fc.emailAddress(),
      fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })).map(([a, b]) => `${a}@${b}.com`),
    )
    fc.assert(
      fc.property(typed, (text) => {
        const address = canonicalEmail(text)
        if (address === null) return
        expect(canonicalEmail(address)).toBe(address)
        expect(address).toMatch(/^[\x21-\x7e]+$/)
        expect(address).toBe(address.toLowerCase())
        expect(address.split('@')).toHaveLength(2)
      }),
      { numRuns: 1000 },
    )
  })
})
