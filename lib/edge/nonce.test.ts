// @vitest-environment edge-runtime
import { expect, test } from 'vitest'
import { newNonce } from './nonce'

test('a nonce is base64 of 16 bytes, and no two are the same, however many are drawn', () => {
  const nonces = Array.from({ length: 1000 }, newNonce)
  for (const nonce of nonces) expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/)
  expect(new Set(nonces).size).toBe(1000)
  expect(atob(nonces[999] ?? '')).toHaveLength(16)
})
