// @vitest-environment edge-runtime
import { expect, test } from 'vitest'
import { lastWayOf } from './last-way'

test.each([
  [['pwd'], 'password'],
  [['pwd', 'otp', 'mfa'], 'password'],
  [['swk', 'user', 'mfa'], 'passkey'],
  [['hwk', 'user', 'mfa'], 'passkey'],
  [['mail', 'otp', 'mfa'], 'email'],
  [['fed'], 'provider'],
  [['demo'], null],
  [[], null],
])('%j was %s', (amr, way) => {
  expect(lastWayOf(amr)).toBe(way)
})
