// @vitest-environment edge-runtime
// Which public keys are fit to be trusted: of our types, for one algorithm, and not weak.
import { calculateJwkThumbprint } from 'jose/jwk/thumbprint'
import { describe, expect, test } from 'vitest'
import { encodeBase64url } from './base64url'
import { deriveKey } from './derived-key'
import { isPublicJwk, type PublicJwk } from './jwk'
import { importKeyring } from './keyring'
import { deriveSharedKey } from './shared-key'
import { makeForgeKeys } from './testing/forge-keys'

const secret = 'AQgPFh0kKzI5QEdOVVxjanF4f4aNlJuiqbC3vsXM09o'
const keys = Promise.all((['ES256', 'EdDSA', 'RS256', 'PS256'] as const).map(makeForgeKeys))

const modulus = (bits: number) => {
  const bytes = new Uint8Array(Math.ceil(bits / 8)).fill(255)
  bytes[0] = 2 ** (((bits - 1) % 8) + 1) - 1
  return encodeBase64url(bytes)
}
const rsa = (n: string, e: string) => ({ kty: 'RSA', n, e, alg: 'RS256', use: 'sig', kid: 'x' })
const bytes = (...values: number[]) => encodeBase64url(new Uint8Array(values))

describe('a key of each public algorithm', () => {
  test('is fit, and becomes part of one keyring', async () => {
    const jwks = (await keys).map(({ jwk }) => jwk)
    for (const jwk of jwks) expect(isPublicJwk(jwk)).toBe(true)
    const keyring = await importKeyring({ keys: jwks })
    expect([...(keyring?.values() ?? [])].map(({ alg }) => alg)).toEqual(['ES256', 'EdDSA', 'RS256', 'PS256'])
    for (const [kid, { key }] of keyring ?? []) {
      expect(jwks.map((jwk) => jwk.kid)).toContain(kid)
      expect(key.usages).toEqual(['verify'])
    }
  })

  test('is for none of the other algorithms', async () => {
    for (const { jwk } of await keys) {
      for (const alg of ['ES256', 'EdDSA', 'RS256', 'PS256', 'HS256', 'ES384', 'RS1', 'none'] as const) {
        const alike = alg === jwk.alg || (jwk.kty === 'RSA' && (alg === 'RS256' || alg === 'PS256'))
        expect(isPublicJwk({ ...jwk, alg })).toBe(alike)
      }
    }
  })

  test.each(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'])('is unfit with a private part %s', async (name) => {
    for (const { jwk } of await keys) expect(isPublicJwk({ ...jwk, [name]: 'AA' })).toBe(false)
  })

  test('is for one algorithm only, though an RSA key named twice has one kid', async () => {
    const jwk = (await keys)[2]?.jwk
    const keyring = await importKeyring({ keys: [jwk, { ...jwk, alg: 'PS256' }] })
    expect([...(keyring?.values() ?? [])].map(({ alg }) => alg)).toEqual(['RS256'])
  })
})

describe('a weak key is refused', () => {
  test.each([512, 1024, 2040, 2047, 4097, 16_384])('RSA of %i bits', (bits) => {
    expect(isPublicJwk(rsa(modulus(bits), 'AQAB'))).toBe(false)
  })
  test.each([2048, 3072, 4096])('and RSA of %i bits is not', (bits) => {
    expect(isPublicJwk(rsa(modulus(bits), 'AQAB'))).toBe(true)
  })
  test.each([
    ['1', bytes(1)],
    ['3', bytes(3)],
    ['17', bytes(17)],
    ['65535', bytes(255, 255)],
    ['65536', bytes(1, 0, 0)],
    ['65538', bytes(1, 0, 2)],
    ['nothing', ''],
    ['65537 with a zero before it', bytes(0, 1, 0, 1)],
    ['nine bytes', bytes(1, 0, 0, 0, 0, 0, 0, 0, 1)],
    ['no base64url', 'A=='],
  ])('RSA with an exponent of %s', (_, e) => {
    expect(isPublicJwk(rsa(modulus(2048), e))).toBe(false)
  })
  test('RSA whose modulus is padded up to 2048 bits with zeros', () => {
    expect(isPublicJwk(rsa(encodeBase64url(new Uint8Array(256).fill(255, 128)), 'AQAB'))).toBe(false)
  })
  test('a point off its curve', async () => {
    const x = encodeBase64url(new Uint8Array(32).fill(1))
    const shape = { kty: 'EC', crv: 'P-256', x, y: x, alg: 'ES256', use: 'sig' }
    const kid = await calculateJwkThumbprint(shape as unknown as PublicJwk)
    expect(isPublicJwk({ ...shape, kid })).toBe(true)
    expect(await importKeyring({ keys: [{ ...shape, kid }] })).toBeNull()
  })
  const p = 2n ** 255n - 19n
  const eight = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n
  const littleEndian = (value: bigint) =>
    encodeBase64url(Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 255n)))
  const okp = (x: string) => ({ kty: 'OKP', crv: 'Ed25519', x, alg: 'EdDSA', use: 'sig', kid: 'x' })
  test.each([
    ['of order 1', 1n],
    ['of order 2', p - 1n],
    ['of order 4', 0n],
    ['of order 8', eight],
    ['of order 8, the negative', p - eight],
    ['of order 4, spelled otherwise', p],
    ['of order 1, spelled otherwise', p + 1n],
    ['spelled otherwise', p + 3n],
  ])('an Ed25519 point %s, with either sign', (_, y) => {
    expect(isPublicJwk(okp(littleEndian(y)))).toBe(false)
    expect(isPublicJwk(okp(littleEndian(y + 2n ** 255n)))).toBe(false)
  })
  test('and any other Ed25519 point is not', () => {
    expect(isPublicJwk(okp(littleEndian(3n)))).toBe(true)
    for (const x of [littleEndian(3n).slice(0, 42), `${littleEndian(3n)}=`, '']) expect(isPublicJwk(okp(x))).toBe(false)
  })
  test.each([0, 16, 31])('a symmetric secret of %i bytes', async (length) => {
    await expect(deriveKey(encodeBase64url(new Uint8Array(length).fill(7)), 'x')).rejects.toThrow('32 bytes')
  })
})

describe('the key of HS256', () => {
  test('and its kid differ for each secret and each purpose, and are the same each time', async () => {
    const other = encodeBase64url(new Uint8Array(32).map((_, i) => i * 3))
    const purposes = ['HS256 kid', 'HS256 access token', 'refresh mac']
    const all = await Promise.all([secret, other].flatMap((one) => purposes.map((purpose) => deriveKey(one, purpose))))
    expect(new Set(all.map(encodeBase64url)).size).toBe(6)
    expect((await deriveSharedKey(secret, ['verify'])).kid).toBe((await deriveSharedKey(secret, ['sign'])).kid)
  })

  test('cannot be taken out again, and does nothing but what it was derived for', async () => {
    const { kid, key } = await deriveSharedKey(secret, ['verify'])
    expect(kid).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(key).toMatchObject({ extractable: false, usages: ['verify'], algorithm: { name: 'HMAC', length: 256 } })
    await expect(crypto.subtle.sign('HMAC', key, new Uint8Array(1))).rejects.toThrow()
  })
})
