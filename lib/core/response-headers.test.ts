// @vitest-environment edge-runtime
import { describe, expect, test } from 'vitest'
import { contentSecurityPolicy, fixedSecurityHeaders, privateHeaders } from './response-headers'

const directives = (policy: string) =>
  new Map(policy.split('; ').map((directive) => [directive.split(' ')[0] ?? '', directive.split(' ').slice(1)]))

describe('the content security policy', () => {
  const policy = directives(contentSecurityPolicy('bm9uY2U=', false, []))

  test.each([
    ['default-src', ["'self'"]],
    ['script-src', ["'nonce-bm9uY2U='", "'strict-dynamic'"]],
    ['style-src', ["'self'", "'nonce-bm9uY2U='"]],
    ['connect-src', ["'self'"]],
    ['img-src', ["'self'", 'data:']],
    ['object-src', ["'none'"]],
    ['base-uri', ["'none'"]],
    ['frame-ancestors', ["'none'"]],
    ['form-action', ["'self'"]],
  ])('%s allows %s', (name, sources) => {
    expect(policy.get(name)).toEqual(sources)
  })

  test('allows nothing unsafe and no other origin', () => {
    expect(contentSecurityPolicy('x', false, [])).not.toMatch(/unsafe|https?:|\*/)
  })

  test('lets scripts call the origins that are listed, and nothing else come from there', () => {
    const open = directives(contentSecurityPolicy('bm9uY2U=', false, ['https://a.example', 'http://localhost:4000']))
    expect(open.get('connect-src')).toEqual(["'self'", 'https://a.example', 'http://localhost:4000'])
    open.delete('connect-src')
    expect([...open.values()].flat().filter((source) => source.includes('//'))).toEqual([])
  })

  test('names each directive once', () => {
    expect(contentSecurityPolicy('x', false, []).split('; ')).toHaveLength(policy.size)
  })

  test('lets only development evaluate and style freely', () => {
    const development = directives(contentSecurityPolicy('x', true, []))
    expect(development.get('script-src')).toContain("'unsafe-eval'")
    expect(development.get('style-src')).toEqual(["'self'", "'unsafe-inline'"])
  })
})

describe('the headers of every answer', () => {
  test.each([
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'same-origin'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['x-frame-options', 'DENY'],
  ])('%s: %s', (name, value) => {
    for (const secure of [true, false]) expect(new Map(fixedSecurityHeaders(secure)).get(name)).toBe(value)
  })

  test('of a private one keep it between this server and this browser', () => {
    expect(privateHeaders).toEqual([
      ['cache-control', 'private, no-store'],
      ['cross-origin-resource-policy', 'same-origin'],
    ])
  })

  test('ask for https for ever only over https', () => {
    const name = 'strict-transport-security'
    expect(new Map(fixedSecurityHeaders(true)).get(name)).toBe('max-age=63072000; includeSubDomains')
    expect(new Map(fixedSecurityHeaders(false)).has(name)).toBe(false)
  })

  test('come once each, in lower case, and can be set', () => {
    const headers = [...fixedSecurityHeaders(true), ...privateHeaders]
    expect(new Set(headers.map(([name]) => name)).size).toBe(headers.length)
    for (const [name, value] of headers) {
      expect(name).toBe(name.toLowerCase())
      expect(new Headers([[name, value]]).get(name)).toBe(value)
    }
  })
})
