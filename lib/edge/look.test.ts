// @vitest-environment edge-runtime
// What the gate makes of a token whose key it does not know: refused where it could ask, left to Node where it could not.
import { expect, test } from 'vitest'
import { readCarried } from '../core/carriers'
import type { Keyring } from '../core/keyring'
import { rememberUpTo } from '../core/remembered'
import { expected, goodClaims, now, openForge } from '../core/testing/token-forge'
import { type EdgeMemory, lookAt } from './look'

const known = await openForge()
const newest = await openForge()
const none = { sequence: 1, asOf: 0, notBefore: 0, sids: new Set<string>(), epochs: new Map<string, number>() }

const lookWith = async (newer: Keyring | null) => {
  const memory: EdgeMemory = {
    source: {
      atHand: () => known.keyring,
      keyring: async () => known.keyring,
      withUnknownKid: async () => newer,
    },
    revoked: { atHand: () => none, current: async () => none },
    remembered: rememberUpTo(10),
    expected,
  }
  const token = await newest.token(goodClaims)
  return lookAt(readCarried(`handstamp-at=${token}`, false), memory, now)
}

test.each<[string, Keyring | null, string]>([
  ['that newer keys hold is known from then on', newest.keyring, 'authentic'],
  ['that the newest keys do not hold is nobody’s', known.keyring, 'refused'],
  ['that could not be asked for is left to Node, which has the keys', null, 'undecided'],
])('a key %s', async (_, newer, look) => {
  expect(await lookWith(newer)).toBe(look)
})
