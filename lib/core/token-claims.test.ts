// @vitest-environment edge-runtime
// Attacks on the claims, signed so that only the claim is wrong: catalogue 2.D.
import { describe, expect, test } from 'vitest'
import { readClaims } from './claims'
import type { Attack } from './testing/attack'
import { testAttacks } from './testing/attack-table'
import { claimed, identityAttacks, timeAttacks } from './testing/attacks/claims'
import { expected, goodClaims, now, openForge } from './testing/token-forge'
import { verifyAccessToken } from './token'

/** To the second, which only a clock that stands still can tell. */
const limits: Attack[] = [
  claimed('D02 exp is the next second', 'accepted', (now) => ({ iat: now - 299, exp: now + 1 })),
  claimed('D07 nbf in a second', 'not_yet_valid', (now) => ({ nbf: now + 1 })),
  claimed('D08 iat 61 s ahead', 'not_yet_valid', (now) => ({ iat: now + 61, exp: now + 300, auth_time: now }), 'jose'),
  claimed(
    'D10 auth_time older than the absolute life',
    'auth_time',
    (now) => ({ auth_time: now - expected.absoluteTtl - 1 }),
    'jose',
  ),
  claimed('D10 auth_time exactly the absolute life ago', 'accepted', (now) => ({
    auth_time: now - expected.absoluteTtl,
  })),
  claimed('D11 a server 59 s ahead', 'accepted', (now) => ({ iat: now + 59, exp: now + 359 })),
  claimed('D11 a server 60 s ahead', 'accepted', (now) => ({ iat: now + 60, exp: now + 360 })),
  claimed('D11 a server 61 s ahead', 'not_yet_valid', (now) => ({ iat: now + 61, exp: now + 361 })),
]

describe('attacks on the times', () => testAttacks([...timeAttacks, ...limits], openForge))
describe('attacks on who a token is for and from', () => testAttacks(identityAttacks, openForge))

test('D25 an unknown claim is dropped, not passed on', async () => {
  const forge = await openForge()
  const token = await forge.token({ isAdmin: true, permissions: ['*'], email: 'a@example.com' })
  expect(await verifyAccessToken(token, forge.keyring, expected, now)).toEqual({
    ok: true,
    claims: goodClaims,
    kid: forge.kid,
  })
})

test('D26 a token of another environment is refused by its key before its claims are read', async () => {
  const [ours, staging] = [await openForge(), await openForge()]
  const token = await staging.token({ iss: 'https://staging.example' })
  expect(await verifyAccessToken(token, ours.keyring, expected, now)).toEqual({ ok: false, reason: 'unknown_kid' })
})

test('a token is expired from the first millisecond of the second that exp names', async () => {
  const forge = await openForge()
  const token = await forge.token()
  const at = (milliseconds: number) => verifyAccessToken(token, forge.keyring, expected, milliseconds)
  expect(await at(goodClaims.exp * 1000 - 1)).toMatchObject({ ok: true })
  expect(await at(goodClaims.exp * 1000)).toEqual({ ok: false, reason: 'expired' })
})

test('the first rule that is broken gives the reason: a stranger learns nothing about the later ones', () => {
  const read = (claims: Record<string, unknown>) =>
    readClaims(new Map(Object.entries({ ...goodClaims, ...claims })), expected, now)
  expect(read({ iss: 'x', aud: 'x', exp: 0 })).toEqual({ ok: false, reason: 'iss' })
  expect(read({ aud: 'x', sub: 1, exp: 0 })).toEqual({ ok: false, reason: 'aud' })
  expect(read({ sub: 1, exp: 0 })).toEqual({ ok: false, reason: 'claims' })
  expect(read({})).toEqual({ ok: true, claims: goodClaims })
})
