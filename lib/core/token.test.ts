// @vitest-environment edge-runtime
// The verifier as a whole: what is minted is accepted, what is changed in any way is not.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeBase64url, encodeBase64url } from './base64url'
import { partsOf } from './forging'
import { mintAccessToken } from './mint'
import { expected, goodClaims, now, openForge, seconds } from './testing/token-forge'
import { accessTokenType, verifyAccessToken } from './token'

const forge = openForge()

/** A signing key as the server has it: the forge never gives its private key away. */
const openMint = async () => {
  const { privateKey, publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ])
  return {
    signing: { kid: 'mint', alg: 'ES256' as const, key: privateKey },
    keyring: new Map([['mint', { alg: 'ES256' as const, key: publicKey }]]),
  }
}

describe('a minted token', () => {
  test('is accepted by the verifier and says what was put in', async () => {
    const { signing, keyring } = await openMint()
    const token = await mintAccessToken(goodClaims, signing)
    expect(await verifyAccessToken(token, keyring, expected, now)).toEqual({
      ok: true,
      claims: goodClaims,
      kid: 'mint',
    })
  })

  test('carries alg, typ and kid in its header and nothing else', async () => {
    const { signing } = await openMint()
    const [head] = partsOf(await mintAccessToken(goodClaims, signing))
    const header: unknown = JSON.parse(new TextDecoder().decode(decodeBase64url(head) ?? new Uint8Array()))
    expect(header).toEqual({ alg: 'ES256', typ: accessTokenType, kid: 'mint' })
  })

  test('with the most roles and methods that the profile allows stays within 4096 bytes', async () => {
    const { signing, keyring } = await openMint()
    const full = {
      ...goodClaims,
      roles: Array.from({ length: 32 }, (_, i) => `r${'x'.repeat(29)}${i}`),
      amr: Array.from({ length: 8 }, () => 'x'.repeat(16)),
    }
    const token = await mintAccessToken(full, signing)
    expect(token.length).toBeLessThanOrEqual(4096)
    expect(await verifyAccessToken(token, keyring, expected, now)).toMatchObject({ ok: true })
  })

  test('is accepted for any legal claims', async () => {
    const { signing, keyring } = await openMint()
    const id = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(encodeBase64url)
    const claims = fc.record({
      sub: fc.uuid(),
      sid: id,
      jti: id,
      gen: fc.integer({ min: 1, max: 1e9 }),
      epoch: fc.nat(),
      iat: fc.integer({ min: seconds - 299, max: seconds + 60 }),
      life: fc.integer({ min: 300, max: 300 }),
      age: fc.integer({ min: 0, max: 80_000 }),
      roles: fc.array(fc.constantFrom('member', 'admin', 'read-only', 'a_1'), { maxLength: 32 }),
    })
    await fc.assert(
      fc.asyncProperty(claims, async ({ life, age, ...rest }) => {
        const whole = { ...goodClaims, ...rest, exp: rest.iat + life, auth_time: rest.iat - age }
        const verdict = await verifyAccessToken(await mintAccessToken(whole, signing), keyring, expected, now)
        expect(verdict).toEqual({ ok: true, claims: whole, kid: 'mint' })
      }),
      { numRuns: 50 },
    )
  })
})

describe('no mutation of a good token is accepted', () => {
  test('any byte of any decoded part changed', async () => {
    const { token, keyring } = await forge
    const parts = partsOf(await token())
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(0, 1, 2),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (part, position, mask) => {
          const bytes = decodeBase64url(parts[part] ?? '') ?? new Uint8Array()
          const at = position % bytes.length
          const changed = bytes.map((byte, index) => (index === at ? byte ^ mask : byte))
          const mutant = parts.map((text, index) => (index === part ? encodeBase64url(changed) : text)).join('.')
          expect((await verifyAccessToken(mutant, keyring, expected, now)).ok).toBe(false)
        },
      ),
      { numRuns: 250 },
    )
  })

  test('any character of the text replaced, left out, doubled or put in', async () => {
    const { token, keyring } = await forge
    const good = await token()
    const character = fc.oneof(
      fc.constantFrom(...'AZaz09-_.=+/ \t\n%"'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    )
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.constantFrom(0, 1), character, async (at, kept, put) => {
        const mutant = `${good.slice(0, at)}${put}${good.slice(at + 1 - kept)}`
        fc.pre(mutant !== good)
        expect((await verifyAccessToken(mutant, keyring, expected, now)).ok).toBe(false)
      }),
      { numRuns: 250 },
    )
    for (let at = 0; at < good.length; at += 7) {
      expect((await verifyAccessToken(good.slice(0, at) + good.slice(at + 1), keyring, expected, now)).ok).toBe(false)
    }
  })

  test('cut short, turned round, or with its parts exchanged', async () => {
    const { token, keyring } = await forge
    const good = await token()
    const [head, body, signature] = partsOf(good)
    const mutants = [
      good.slice(0, -1),
      good.slice(1),
      [...good].reverse().join(''),
      `${body}.${head}.${signature}`,
      `${head}.${signature}.${body}`,
      `${head}.${head}.${signature}`,
      good + good,
      `${good}.`,
      `.${good}`,
    ]
    for (const mutant of mutants) expect((await verifyAccessToken(mutant, keyring, expected, now)).ok).toBe(false)
  })

  test('any text at all', async () => {
    const { keyring } = await forge
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.base64String(),
      fc
        .array(fc.uint8Array({ minLength: 1 }).map(encodeBase64url), { minLength: 3, maxLength: 3 })
        .map((parts) => parts.join('.')),
    )
    await fc.assert(
      fc.asyncProperty(text, async (token) => {
        expect((await verifyAccessToken(token, keyring, expected, now)).ok).toBe(false)
      }),
      { numRuns: 300 },
    )
  })
})

describe('a fault of ours', () => {
  test('is thrown, not taken for a fault of the token', async () => {
    const { token, kid } = await forge
    const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
      'sign',
      'verify',
    ])
    const wrong = new Map([[kid, { alg: 'ES256' as const, key: privateKey }]])
    await expect(verifyAccessToken(await token(), wrong, expected, now)).rejects.toThrow()
  })
})
