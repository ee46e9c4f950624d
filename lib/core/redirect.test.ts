// @vitest-environment edge-runtime
// Catalogue I13 and I14.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { safePagePath, safeRedirect } from './redirect'

const fallback = '/dashboard'
const tab = '\t'
const line = '\n'

const leaving = [
  '//e',
  '///e',
  '////e',
  '/\\e',
  '\\\\e',
  '\\/e',
  '/\\/e',
  `/${tab}/e`,
  `/${line}/e`,
  `/\r/e`,
  `${tab}//e`,
  `${line}//e`,
  ' //e',
  '\u0000//e',
  'http:e',
  'http:/e',
  'http://e',
  'https://e',
  'https:e',
  'https://app.example@e',
  'https://app.example.e',
  '//app.example:80@e',
  '//app.example',
  'javascript:alert(1)',
  'JavaScript:alert(1)',
  `java${tab}script:alert(1)`,
  'data:text/html,x',
  'vbscript:x',
  'mailto:a@e',
  'e',
  'e/f',
  '?a',
  '#a',
  '.',
  './e',
  '../e',
  '',
]
const comingOutDoubled = [
  '/..//e',
  '/.//e',
  '/a/..//e',
  '/a/../..//e',
  '/%2e%2e//e',
  '/%2E%2E//e',
  '/%2e//e',
  '/a/%2e%2e//e',
  '/.%2e//e',
  '/a/..//e?x=1',
  '/..//e/../f',
  '/.//@e',
  '/a/.././/e',
]
const harmless: [target: string, result: string][] = [
  ['/', '/'],
  ['/dashboard', '/dashboard'],
  ['/a?b=c&d=//e', '/a?b=c&d=//e'],
  ['/%09/e', '/%09/e'],
  ['/%2f/e', '/%2f/e'],
  ['/%5ce', '/%5ce'],
  ['/@e', '/@e'],
  ['/a/../b', '/b'],
  ['/a#b', '/a'],
  ['/a//b', '/a//b'],
  ['/a?next=https://e', '/a?next=https://e'],
  ['/apian', '/apian'],
  ['/sign-inside', '/sign-inside'],
  ['/?a=1', '/?a=1'],
  ['/%zz', '/%zz'],
  ['/%', '/%'],
]
const never = [
  '/api/auth/sign-out',
  '/api/',
  '/API/auth/refresh',
  '/x/../api/auth/sign-out',
  '/./api/x',
  '/%2e/api/x',
  '/sign-in',
  '/sign-in?next=/sign-in',
  '/sign-in/',
  '/SIGN-IN',
  '/sign-up',
  '/sign-up#x',
  '/verify-email',
  '/verify-email/link?token=x',
  '/.well-known/jwks.json',
  '/.well-known/change-password',
]
const broken: [name: string, target: unknown][] = [
  ['nothing', undefined],
  ['null', null],
  ['an array', ['/a', '/b']],
  ['an object', { toString: () => '/a' }],
  ['a number', 1],
  ['10 KB', `/${'a'.repeat(10_240)}`],
  ['2049 characters', `/${'a'.repeat(2048)}`],
  ['CR LF', '/a\r\nSet-Cookie: x=y'],
  ['NUL', '/a\u0000'],
  ['a space', '/a b'],
  ['U+2028', '/a\u2028'],
  ['a full-width slash', '/\uff0fe'],
  ['a letter beyond ASCII', '/\u00e9'],
  ['DEL', '/a\u007f'],
  ['a backslash further on', '/a\\..\\..\\e'],
]

describe('I13 a target that leaves the origin leads to the fallback', () => {
  test.each(leaving.map((target) => [target]))('%j', (target) => {
    expect(safeRedirect(target, fallback)).toBe(fallback)
  })
})

describe('I13 a target that comes out as //e leads to the fallback', () => {
  test.each(comingOutDoubled.map((target) => [target]))('%j', (target) => {
    expect(safeRedirect(target, fallback)).toBe(fallback)
  })

  test('a check of the origin alone would have led away', () => {
    const naive = (target: string) => {
      const url = new URL(target, 'https://app.example')
      return url.origin === 'https://app.example' ? url.pathname : fallback
    }
    const fooled = comingOutDoubled.filter(
      (target) => new URL(naive(target), 'https://app.example').origin !== 'https://app.example',
    )
    expect(fooled).toEqual(comingOutDoubled)
  })
})

describe('I13 a harmless target is kept, normalised', () => {
  test.each(harmless)('%j → %j', (target, result) => {
    expect(safeRedirect(target, fallback)).toBe(result)
  })
})

describe('I13 handlers and the auth pages are never targets', () => {
  test.each(never.map((target) => [target]))('%j', (target) => {
    expect(safeRedirect(target, fallback)).toBe(fallback)
  })
})

describe('I14 what is no path at all leads to the fallback', () => {
  test.each(broken)('%s', (_, target) => {
    expect(safeRedirect(target, fallback)).toBe(fallback)
  })

  test('2048 characters are still a path', () => {
    const longest = `/${'a'.repeat(2047)}`
    expect(safeRedirect(longest, fallback)).toBe(longest)
  })
})

describe('the page that a form was on', () => {
  test.each([
    ['/sign-in?next=/a', '/sign-in?next=/a'],
    ['/verify-email', '/verify-email'],
    ['/dashboard', '/dashboard'],
    ['/api/auth/sign-out', '/'],
    ['/API/x', '/'],
    ['/x/../api/x', '/'],
  ])('%j leads back to %j', (target, path) => {
    expect(safePagePath(target)).toBe(path)
  })

  test('is never elsewhere', () => {
    for (const target of [...leaving, ...comingOutDoubled, ...broken.map(([, given]) => given)])
      expect(safePagePath(target)).toBe('/')
  })
})

test('every result starts with one slash, stays on the origin, and is its own result', () => {
  const piece = fc.constantFrom(
    '/',
    '//',
    '\\',
    '.',
    '..',
    '/..',
    '%2e',
    '%2f',
    '%5c',
    '@',
    ':',
    'e',
    'api',
    '?',
    '#',
    '\t',
    '\n',
    ' ',
    'http:',
    'javascript:',
    '%',
    'é',
    '\u0000',
  )
  const target = fc.oneof(
    fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join('')),
    fc.array(piece, { maxLength: 10 }).map((pieces) => `/${pieces.join('')}`),
    fc.string({ unit: 'binary' }),
    fc.webUrl(),
  )
  fc.assert(
    fc.property(target, (given) => {
      const result = safeRedirect(given, fallback)
      expect(result).toMatch(/^\/(?![/\\])/)
      expect(new URL(result, 'https://app.example').origin).toBe('https://app.example')
      expect(result).not.toMatch(/[^\x21-\x7e]|\\/)
      expect(safeRedirect(result, fallback)).toBe(result)
      expect(safePagePath(given)).toMatch(/^\/(?![/\\])/)
    }),
    { numRuns: 2000 },
  )
})
