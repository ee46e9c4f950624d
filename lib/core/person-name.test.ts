// @vitest-environment edge-runtime
import { describe, expect, test } from 'vitest'
import { personName } from './person-name'

describe("a person's name", () => {
  test.each([
    ['is kept as typed', 'Ann O\u2019Neill-Ruiz', 'Ann O\u2019Neill-Ruiz'],
    ['is trimmed', '  Ann ', 'Ann'],
    ['may be one character', '\u738b', '\u738b'],
    ['may be written from right to left', '\u05d3\u05e0\u05d9', '\u05d3\u05e0\u05d9'],
    ['becomes NFC', 'Rene\u0301', 'Ren\u00e9'],
    ['may hold an emoji of four bytes', 'Ann \u{1f600}', 'Ann \u{1f600}'],
    ['may be 80 emojis', '\u{1f600}'.repeat(80), '\u{1f600}'.repeat(80)],
    ['K11 may look like HTML: pages escape it', '<b>Ann</b>', '<b>Ann</b>'],
    ['K11 may look like a template', '{{7*7}}', '{{7*7}}'],
    ['may hold a joiner', '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647', '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647'],
  ])('%s', (_, typed, name) => {
    expect(personName(typed)).toBe(name)
  })

  test.each([
    ['nothing', ''],
    ['spaces', '   '],
    ['81 characters', 'a'.repeat(81)],
    ['10 KB', 'a'.repeat(10_240)],
    ['10 KB of spaces', ' '.repeat(10_240)],
    ['K11 a line end inside', 'Ann\r\nBcc: eve@evil.example'],
    ['LF inside', 'Ann\nEve'],
    ['a tab inside', 'Ann\tEve'],
    ['NUL', 'Ann\u0000'],
    ['ESC', 'Ann\u001b[31m'],
    ['NEL', 'Ann\u0085Eve'],
    ['U+2028', 'Ann\u2028Eve'],
    ['U+2029', 'Ann\u2029Eve'],
    ['K11 a right-to-left override', 'Ann\u202egnp.exe'],
    ['an isolate', 'Ann\u2066Eve'],
    ['a right-to-left mark', 'Ann\u200fEve'],
  ])('%s is none', (_, typed) => {
    expect(personName(typed)).toBeNull()
  })
})
