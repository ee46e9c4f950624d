// @vitest-environment edge-runtime
import { calculateJwkThumbprint } from 'jose/jwk/thumbprint'
import { describe, expect, test } from 'vitest'
import type { PublicJwk } from './jwk'
import { importKeyring } from './keyring'
import { expected, now, openForge } from './testing/token-forge'
import { verifyAccessToken } from './token'

const forge = openForge()

/** A key whose kid is right for what it holds, however wrong that is. */
const withOwnKid = async (jwk: Record<string, unknown>) => ({
  ...jwk,
  kid: await calculateJwkThumbprint(jwk as PublicJwk),
})
const zeros = 'A'.repeat(43)

describe('a key set', () => {
  test('becomes a keyring that verifies', async () => {
    const { jwk, kid, token } = await forge
    const keyring = await importKeyring({ keys: [jwk] })
    expect([...(keyring?.keys() ?? [])]).toEqual([kid])
    expect(keyring?.get(kid)).toMatchObject({ alg: 'ES256', key: { type: 'public', usages: ['verify'] } })
    if (keyring) expect(await verifyAccessToken(await token(), keyring, expected, now)).toMatchObject({ ok: true, kid })
  })

  test('keeps several keys, each under its kid', async () => {
    const jwks = [(await forge).jwk, (await openForge()).jwk]
    expect((await importKeyring({ keys: jwks }))?.size).toBe(2)
  })

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a string', '{"keys":[]}'],
    ['an array', []],
    ['no keys', {}],
    ['keys as an object', { keys: {} }],
    ['no key in it', { keys: [] }],
    ['nothing usable in it', { keys: [null, 1, 'x', [], {}] }],
  ])('that is %s is none', async (_, document) => {
    expect(await importKeyring(document)).toBeNull()
  })

  test('with __proto__ for a kid finds nothing', async () => {
    const { jwk } = await forge
    const keyring = await importKeyring({ keys: [{ ...jwk, kid: '__proto__' }, jwk] })
    expect(keyring?.size).toBe(1)
    for (const kid of ['__proto__', 'constructor', 'toString', 'get', 'size']) expect(keyring?.get(kid)).toBeUndefined()
  })
})

describe('T03, T04 a key is left out, and the good one beside it kept', () => {
  const changes: [
    name: string,
    change: (jwk: PublicJwk) => Record<string, unknown> | Promise<Record<string, unknown>>,
  ][] = [
    ['with a private part', (jwk) => ({ ...jwk, d: zeros })],
    ['with an empty private part', (jwk) => ({ ...jwk, d: null })],
    [
      'whose kid is not its thumbprint',
      (jwk) => ({ ...jwk, kid: `${jwk.kid.slice(0, -1)}${jwk.kid.endsWith('A') ? 'E' : 'A'}` }),
    ],
    ['without a kid', ({ kid: _, ...rest }) => rest],
    ['with a kid that is a number', (jwk) => ({ ...jwk, kid: 1 })],
    ['for ES384', (jwk) => ({ ...jwk, alg: 'ES384' })],
    ['for HS256', (jwk) => ({ ...jwk, alg: 'HS256' })],
    ['for none', (jwk) => ({ ...jwk, alg: 'none' })],
    ['without an alg', ({ alg: _, ...rest }) => rest],
    ['for encryption', (jwk) => ({ ...jwk, use: 'enc' })],
    ['without a use', ({ use: _, ...rest }) => rest],
    ['of another curve', (jwk) => withOwnKid({ ...jwk, crv: 'P-384' })],
    ['of another type', (jwk) => ({ ...jwk, kty: 'RSA' })],
    ['that is a secret', () => ({ kty: 'oct', k: zeros, alg: 'HS256', use: 'sig', kid: 'x' })],
    ['with a coordinate missing', (jwk) => ({ ...jwk, y: undefined })],
    ['with a point off the curve', (jwk) => withOwnKid({ ...jwk, x: zeros, y: zeros })],
    ['with a coordinate too short', (jwk) => withOwnKid({ ...jwk, x: 'AAAA' })],
    ['with a coordinate that is no base64url', (jwk) => withOwnKid({ ...jwk, x: '*' })],
    ['with an empty coordinate', (jwk) => ({ ...jwk, x: '' })],
    ['with key_ops that contradict its use', (jwk) => ({ ...jwk, key_ops: ['encrypt'] })],
  ]
  test.each(changes)('%s', async (_, change) => {
    const good = (await forge).jwk
    const bad = await change((await openForge()).jwk)
    const keyring = await importKeyring({ keys: [bad, good] })
    expect([...(keyring?.keys() ?? [])]).toEqual([good.kid])
  })
})
