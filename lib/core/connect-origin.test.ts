// @vitest-environment edge-runtime
import { describe, expect, test } from 'vitest'
import { isConnectOrigin } from './connect-origin'

describe('an origin that pages may call', () => {
  test.each([
    ['https', 'https://api.example.com'],
    ['with a port', 'https://api.example.com:8443'],
    ['http on loopback', 'http://127.0.0.1:4000'],
    ['http on localhost', 'http://localhost:4000'],
    ['punycode', 'https://xn--bcher-kva.example'],
  ])('%s: %s', (_, text) => {
    expect(isConnectOrigin(text)).toBe(true)
  })

  test.each([
    ['every origin', '*'],
    ['every host', 'https://*'],
    ['every sub-domain', 'https://*.example.com'],
    ['every port', 'https://api.example.com:*'],
    ['a scheme alone', 'https:'],
    ['a host alone', 'api.example.com'],
    ['a path', 'https://api.example.com/v1'],
    ['a slash at the end', 'https://api.example.com/'],
    ['a query', 'https://api.example.com?a'],
    ['credentials', 'https://ann:secret@api.example.com'],
    ['http elsewhere', 'http://api.example.com'],
    ['http on what only looks like loopback', 'http://localhost.example.com'],
    ['another scheme', 'wss://api.example.com'],
    ['a directive more', "https://a;script-src 'unsafe-inline'"],
    ['a directive more, without a space', 'https://a;sandbox'],
    ['a keyword', "'unsafe-inline'"],
    ['a default port, which browsers leave out', 'https://api.example.com:443'],
    ['capitals', 'https://API.example.com'],
    ['no ASCII', 'https://bücher.example'],
    ['an IPv6 address, which a policy cannot name', 'http://[::1]:4000'],
    ['null', 'null'],
    ['nothing', ''],
  ])('is not %s: %s', (_, text) => {
    expect(isConnectOrigin(text)).toBe(false)
  })
})
