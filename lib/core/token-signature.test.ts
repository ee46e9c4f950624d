// @vitest-environment edge-runtime
// Attacks on the algorithm and the signature: catalogue 2.A.

import { describe, expect, test } from 'vitest'
import { partsOf, segment } from './forging'
import { testAttacks } from './testing/attack-table'
import { algorithmAttacks, goodTokens, malleated, signatureAttacks } from './testing/attacks/signature'
import { expected, goodClaims, now, openForge } from './testing/token-forge'
import { verifyAccessToken } from './token'

describe('a token with a good signature', () => {
  testAttacks(goodTokens, openForge)

  test('is accepted, with exactly the claims that were signed and the kid that signed them', async () => {
    const forge = await openForge()
    const token = await forge.sign(JSON.stringify(forge.header), forge.payload())
    expect(await verifyAccessToken(token, forge.keyring, expected, now)).toEqual({
      ok: true,
      claims: goodClaims,
      kid: forge.kid,
    })
  })

  test('A11 malleated to (r, n − s) is another spelling of the same session', async () => {
    const forge = await openForge()
    const token = await forge.token()
    const other = malleated(token)
    expect(other).not.toBe(token)
    const [first, second] = await Promise.all(
      [token, other].map((text) => verifyAccessToken(text, forge.keyring, expected, now)),
    )
    expect(second).toEqual(first)
    expect(second).toMatchObject({ ok: true, claims: { sid: goodClaims.sid, jti: goodClaims.jti } })
  })

  test('never reaches a key by any other algorithm name than the one the key is for', async () => {
    const forge = await openForge()
    const keyring = new Map([[forge.kid, { alg: 'ES256', key: forge.publicKey } as const]])
    const [, body, signature] = partsOf(await forge.token())
    const token = `${segment(JSON.stringify({ ...forge.header, alg: 'HS256' }))}.${body}.${signature}`
    expect(await verifyAccessToken(token, keyring, expected, now)).toEqual({ ok: false, reason: 'alg' })
  })
})

describe('attacks on the algorithm', () => testAttacks(algorithmAttacks, openForge))
describe('attacks on the signature', () => testAttacks(signatureAttacks, openForge))
