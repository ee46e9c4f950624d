// @vitest-environment edge-runtime
import { describe, expect, test } from 'vitest'
import { backgroundHeader, clockHeader, isIdentityHeader, peerHeader } from './identity-headers'

describe('a header by which a client could claim to be somebody', () => {
  test.each([
    'x-user',
    'x-user-id',
    'x-session',
    'x-session-id',
    'x-claims',
    'x-roles',
    'x-nonce',
    'content-security-policy',
    'x-forwarded-host',
    'forwarded',
    'x-original-url',
    'x-rewrite-url',
    'x-http-method-override',
    'x-middleware-subrequest',
    'x-handstamp-user',
    'x-handstamp-',
    'x-handstamp-peer-2',
    clockHeader,
  ])('%s is removed', (name) => {
    expect(isIdentityHeader(name)).toBe(true)
  })

  test.each([
    'cookie',
    'authorization',
    'origin',
    'host',
    'accept',
    'x-forwarded-for',
    'x-forwarded-proto',
    'x-request-id',
    'x-users',
    peerHeader,
    backgroundHeader,
  ])('%s stays', (name) => {
    expect(isIdentityHeader(name)).toBe(false)
  })
})
