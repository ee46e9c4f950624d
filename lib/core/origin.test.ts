// @vitest-environment edge-runtime
import { describe, expect, test } from 'vitest'
import { isSafeMethod, type OriginEvidence, provesSameOrigin } from './origin'

const own = 'https://app.example'
const evidence = (changes: Partial<OriginEvidence>): OriginEvidence => ({
  secFetchSite: null,
  origin: null,
  authorization: false,
  cookies: true,
  ...changes,
})

const accepted: [string, Partial<OriginEvidence>][] = [
  ['Sec-Fetch-Site same-origin', { secFetchSite: 'same-origin' }],
  ['both signs', { secFetchSite: 'same-origin', origin: own }],
  ['Sec-Fetch-Site same-origin with Origin null', { secFetchSite: 'same-origin', origin: 'null' }],
  ['Origin alone', { origin: own }],
  ['Origin of ours and Sec-Fetch-Site none', { secFetchSite: 'none', origin: own }],
  [
    'a bearer token and no cookies',
    { authorization: true, cookies: false, secFetchSite: 'cross-site', origin: 'https://evil.example' },
  ],
]

const refused: [string, Partial<OriginEvidence>][] = [
  ['I01 a cross-site form', { secFetchSite: 'cross-site', origin: 'https://evil.example' }],
  ['I01 a cross-site form from an old browser', { origin: 'https://evil.example' }],
  ['I03 neither sign', {}],
  ['I03 neither sign and no cookies', { cookies: false }],
  ['I04 Origin null', { origin: 'null' }],
  ['I04 Origin null, cross-site', { secFetchSite: 'cross-site', origin: 'null' }],
  ['I04 our name as the start of another', { origin: `${own}.evil.test` }],
  ['I04 another port', { origin: `${own}:444` }],
  ['I04 our default port written out', { origin: `${own}:443` }],
  ['I04 http', { origin: 'http://app.example' }],
  ['I04 upper case', { origin: own.toUpperCase() }],
  ['I04 a trailing dot', { origin: `${own}.` }],
  ['I04 a trailing slash', { origin: `${own}/` }],
  ['I04 an empty Origin', { origin: '' }],
  ['I04 two origins', { origin: `${own} https://evil.example` }],
  ['I04 a sibling host', { secFetchSite: 'same-site' }],
  ['I04 a sibling host that sends our Origin', { secFetchSite: 'same-site', origin: own }],
  ['the signs disagree', { secFetchSite: 'cross-site', origin: own }],
  ['the signs disagree the other way', { secFetchSite: 'same-origin', origin: 'https://evil.example' }],
  ['Sec-Fetch-Site none alone', { secFetchSite: 'none' }],
  ['Sec-Fetch-Site in another case', { secFetchSite: 'Same-Origin' }],
  ['Sec-Fetch-Site twice', { secFetchSite: 'same-origin, same-origin' }],
  ['an empty Sec-Fetch-Site with our Origin', { secFetchSite: '', origin: own }],
  ['a bearer token beside cookies', { authorization: true, origin: 'https://evil.example' }],
]

describe('an unsafe request', () => {
  test.each(accepted)('is ours with %s', (_, changes) => {
    expect(provesSameOrigin(evidence(changes), [own])).toBe(true)
  })
  test.each(refused)('is not ours: %s', (_, changes) => {
    expect(provesSameOrigin(evidence(changes), [own])).toBe(false)
  })
  test('may come from any of our own origins, and from none if we have none', () => {
    expect(
      provesSameOrigin(evidence({ origin: 'http://127.0.0.1:3000' }), [
        'http://localhost:3000',
        'http://127.0.0.1:3000',
      ]),
    ).toBe(true)
    expect(provesSameOrigin(evidence({ origin: own }), [])).toBe(false)
  })
})

test.each([
  ['GET', true],
  ['HEAD', true],
  ['OPTIONS', true],
  ['POST', false],
  ['PUT', false],
  ['PATCH', false],
  ['DELETE', false],
  ['TRACE', false],
  ['get', false],
  ['', false],
])('the method %s is safe: %s', (method, safe) => {
  expect(isSafeMethod(method)).toBe(safe)
})
