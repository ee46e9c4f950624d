// @vitest-environment edge-runtime

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { joined, signatureOf, withSignature } from './forging'
import { rememberUpTo, verifyRemembered } from './remembered'
import { bigint, expected, goodClaims, now, openForge, p256, scalar } from './testing/token-forge'
import { verifyAccessToken } from './token'

const open = async (capacity = 8) => {
  const forge = await openForge()
  const memory = rememberUpTo(capacity)
  const verify = (token: string, at = now, keyring = forge.keyring, settings = expected) =>
    verifyRemembered(memory, token, keyring, settings, at)
  return { forge, memory, verify }
}

/** The same token with the other of its two valid signatures. */
const respelled = (token: string) => {
  const good = signatureOf(token)
  return withSignature(token, joined(good.slice(0, 32), scalar(p256.n - bigint(good.slice(32)))))
}

describe('a remembered verdict', () => {
  test('is the one that the verifier gave', async () => {
    const { forge, verify } = await open()
    const token = await forge.token()
    const fresh = await verifyAccessToken(token, forge.keyring, expected, now)
    expect(await verify(token)).toEqual(fresh)
    expect(await verify(token)).toEqual(fresh)
  })

  test('spares the second look at the signature', async () => {
    const { forge, verify } = await open()
    const token = await forge.token()
    await verify(token)
    const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
      'sign',
      'verify',
    ])
    const useless = new Map([[forge.kid, { alg: 'ES256' as const, key: privateKey }]])
    expect(await verify(token, now, useless)).toMatchObject({ ok: true })
    await expect(verifyAccessToken(token, useless, expected, now)).rejects.toThrow()
  })

  test('is missed by another spelling, which goes through the whole verifier', async () => {
    const { forge, memory, verify } = await open()
    const token = await forge.token()
    await verify(token)
    for (const spelling of [` ${token}`, `${token} `, `${token}=`, `${token}\n`]) {
      expect(await verify(spelling)).toEqual({ ok: false, reason: 'malformed' })
    }
    expect([...memory.verdicts.keys()]).toEqual([token])
    expect(await verify(respelled(token))).toEqual(await verify(token))
    expect(memory.verdicts.size).toBe(2)
  })

  test('ends with the token, to the millisecond, and is forgotten', async () => {
    const { forge, memory, verify } = await open()
    const token = await forge.token()
    await verify(token)
    expect(await verify(token, goodClaims.exp * 1000 - 1)).toMatchObject({ ok: true })
    expect(await verify(token, goodClaims.exp * 1000)).toEqual({ ok: false, reason: 'expired' })
    expect(memory.verdicts.size).toBe(0)
  })

  test('ends when its key is retired', async () => {
    const { forge, memory, verify } = await open()
    const token = await forge.token()
    await verify(token)
    const others = (await openForge()).keyring
    expect(await verify(token, now, others)).toEqual({ ok: false, reason: 'unknown_kid' })
    expect(memory.verdicts.size).toBe(0)
  })

  test('ends when the person proved who they are too long ago', async () => {
    const { forge, verify } = await open()
    const token = await forge.token()
    await verify(token)
    expect(await verify(token, now, forge.keyring, { ...expected, absoluteTtl: 60 })).toEqual({
      ok: false,
      reason: 'auth_time',
    })
  })
})

describe('the memory', () => {
  test('never keeps a bad verdict', async () => {
    const { forge, memory, verify } = await open()
    const other = await (await openForge()).token()
    const token = await forge.token()
    const bad = [
      '',
      'x',
      other,
      await forge.token({ exp: 1 }),
      await forge.token({ iss: 'x' }),
      withSignature(token, new Uint8Array(64)),
    ]
    for (const text of bad) expect((await verify(text)).ok).toBe(false)
    expect(memory.verdicts.size).toBe(0)
  })

  test('forgets the oldest when it is full, and knows the others', async () => {
    const { forge, memory, verify } = await open(2)
    const tokens = await Promise.all([1, 2, 3].map((gen) => forge.token({ gen })))
    for (const token of tokens) await verify(token)
    expect([...memory.verdicts.keys()]).toEqual(tokens.slice(1))
    expect(await verify(tokens[0] ?? '')).toMatchObject({ ok: true })
    expect([...memory.verdicts.keys()]).toEqual([tokens[2], tokens[0]])
  })

  test('never holds more than its capacity, whatever comes in whatever order, and never differs from the verifier', async () => {
    const forge = await openForge()
    const tokens = await Promise.all([
      ...[1, 2, 3, 4, 5].map((gen) => forge.token({ gen })),
      forge.token({ iss: 'x' }),
      forge.token({ iat: goodClaims.iat - 200, exp: goodClaims.iat + 50 }),
    ])
    const visit = fc.record({ token: fc.constantFrom(...tokens), at: fc.integer({ min: now, max: now + 320_000 }) })
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(visit, { maxLength: 20 }), async (capacity, visits) => {
        const memory = rememberUpTo(capacity)
        for (const { token, at } of visits) {
          const verdict = await verifyRemembered(memory, token, forge.keyring, expected, at)
          expect(verdict).toEqual(await verifyAccessToken(token, forge.keyring, expected, at))
          expect(memory.verdicts.size).toBeLessThanOrEqual(capacity)
        }
      }),
      { numRuns: 40 },
    )
  })

  test('stays within its capacity when requests come at once', async () => {
    const { forge, memory, verify } = await open(3)
    const tokens = await Promise.all(Array.from({ length: 12 }, (_, i) => forge.token({ gen: (i % 6) + 1 })))
    await Promise.all([...tokens, ...tokens].map((token) => verify(token)))
    expect(memory.verdicts.size).toBeLessThanOrEqual(3)
  })
})
