// @vitest-environment edge-runtime
// Attacks on the algorithm and the signature: catalogue 2.A.
import { describe, expect, test } from 'vitest'
import { encodeBase64url } from './base64url'
import { type Attack, attack, testAttacks } from './testing/attack-table'
import {
  bigint,
  expected,
  type Forge,
  goodClaims,
  joined,
  now,
  openForge,
  p256,
  partsOf,
  scalar,
  segment,
  signatureOf,
  signHmac,
  utf8,
  withSignature,
} from './testing/token-forge'
import { pemOf } from './testing/weak-verifiers'
import { verifyAccessToken } from './token'

const payload = JSON.stringify(goodClaims)
const headerOf = (forge: Forge, alg: unknown) => JSON.stringify({ ...forge.header, alg })
const order32 = (value: bigint) => ((value % p256.n) + p256.n) % p256.n

/** Header text for each spelling of "no algorithm", with what the strict profile calls it once there is a signature. */
const noAlgorithms: [name: string, header: (forge: Forge) => string, answer: 'alg' | 'header'][] = [
  ...['none', 'None', 'NONE', 'nOnE', 'NoNe', 'none ', ''].map((alg): [string, (forge: Forge) => string, 'alg'] => [
    JSON.stringify(alg),
    (forge) => headerOf(forge, alg),
    'alg',
  ]),
  ['"\\u006eone"', (forge) => headerOf(forge, 'NONE').replace('NONE', '\\u006eone'), 'alg'],
  ['null', (forge) => headerOf(forge, null), 'header'],
  ['["HS256"]', (forge) => headerOf(forge, ['HS256']), 'header'],
  ['absent', (forge) => headerOf(forge, undefined), 'header'],
]

const goodSegments = (forge: Forge) => `${segment(JSON.stringify(forge.header))}.${segment(payload)}`

const withoutAlgorithm: Attack[] = noAlgorithms.flatMap(([name, header, answer]) => [
  attack(
    `A01 alg ${name} and an empty signature`,
    'malformed',
    (forge) => `${segment(header(forge))}.${segment(payload)}.`,
    'decodeOnly',
  ),
  attack(
    `A02 alg ${name} and a good token's signature`,
    answer,
    async (forge) => `${segment(header(forge))}.${segment(payload)}.${partsOf(await forge.token())[2]}`,
    'decodeOnly',
  ),
])

const missingParts: Attack[] = (
  [
    ['h.p.', ([h, p]) => `${h}.${p}.`],
    ['h.p', ([h, p]) => `${h}.${p}`],
    ['h..s', ([h, , s]) => `${h}..${s}`],
    ['.p.s', ([, p, s]) => `.${p}.${s}`],
    ['h.p.s.', ([h, p, s]) => `${h}.${p}.${s}.`],
    ['h.p.s.x', ([h, p, s]) => `${h}.${p}.${s}.x`],
    ['h', ([h]) => h],
    ['..', () => '..'],
    ['nothing', () => ''],
  ] as [string, (parts: [string, string, string]) => string][]
).map(([name, build]) =>
  attack(`A03 the parts ${name}`, 'malformed', async (forge) => build(partsOf(await forge.token()))),
)

/** The forms in which a public key gets into a verifier that takes it for an HMAC secret. */
const publicKeyForms: [name: string, bytes: (forge: Forge) => Promise<Uint8Array<ArrayBuffer>>][] = [
  ['PEM', async (forge) => utf8(await pemOf(forge))],
  ['PEM without a last newline', async (forge) => utf8((await pemOf(forge)).trimEnd())],
  ['PEM with a leading space', async (forge) => utf8(` ${await pemOf(forge)}`)],
  ['DER', async ({ publicKey }) => new Uint8Array(await crypto.subtle.exportKey('spki', publicKey))],
  ['JWK as JSON', async ({ jwk }) => utf8(JSON.stringify(jwk))],
  ['the bytes of x', async ({ jwk }) => new Uint8Array(Buffer.from(jwk.x, 'base64url'))],
  [
    'the base64 of DER',
    async ({ publicKey }) => utf8(Buffer.from(await crypto.subtle.exportKey('spki', publicKey)).toString('base64')),
  ],
]

const confusions: Attack[] = publicKeyForms.flatMap(([name, bytes]) =>
  ([256, 384, 512] as const).map((bits) =>
    attack(
      `A05 HS${bits} over the public key as ${name}`,
      'alg',
      async (forge) => signHmac(bits, await bytes(forge), headerOf(forge, `HS${bits}`), payload),
      name === 'PEM' ? 'pemBytes' : undefined,
    ),
  ),
)

const weakSecrets = [
  'secret',
  'your_jwt_secret',
  'your-256-bit-secret',
  'changeme',
  'password',
  'key',
  'supersecret',
  'AUTH_SECRET',
]

const algorithms: Attack[] = [
  ...withoutAlgorithm,
  ...missingParts,
  attack('A04 HS256 with an empty key and our kid', 'alg', (forge) =>
    signHmac(256, utf8(''), headerOf(forge, 'HS256'), payload),
  ),
  attack('A04 HS256 with an empty key and an unknown kid', 'unknown_kid', (forge) =>
    signHmac(256, utf8(''), JSON.stringify({ ...forge.header, alg: 'HS256', kid: 'unknown' }), payload),
  ),
  ...confusions,
  ...['ES384', 'ES512', 'ES256K', 'RS256', 'PS256', 'EdDSA', 'Ed25519'].map((alg) =>
    attack(`A06 alg ${alg} for our ES256 key`, 'alg', (forge) => forge.token({}, { alg })),
  ),
  ...['es256', 'Es256', 'ES256 ', ' ES256', 'hs256', 'eddsa'].map((alg) =>
    attack(`A07 alg "${alg}"`, 'alg', (forge) => forge.token({}, { alg })),
  ),
  ...weakSecrets.map((secret) =>
    attack(`A09 HS256 with the common secret "${secret}"`, 'alg', (forge) =>
      signHmac(256, utf8(secret), headerOf(forge, 'HS256'), payload),
    ),
  ),
]

/** Values of r and s that a verifier without range checks may take for good (CVE-2022-21449 and Wycheproof's special cases). */
const special: [name: string, value: bigint][] = [
  ['0', 0n],
  ['1', 1n],
  ['n-1', p256.n - 1n],
  ['n', p256.n],
  ['n+1', p256.n + 1n],
  ['p', p256.p],
  ['p+1', p256.p + 1n],
  ['2^256-1', (1n << 256n) - 1n],
]

const derInteger = (bytes: Uint8Array) => {
  const first = bytes.findIndex((byte) => byte !== 0)
  const short = bytes.slice(Math.max(first, 0))
  const body = (short[0] ?? 0) > 0x7f ? joined(new Uint8Array(1), short) : short
  return joined(new Uint8Array([2, body.length]), body)
}
const der = (signature: Uint8Array) => {
  const body = joined(derInteger(signature.slice(0, 32)), derInteger(signature.slice(32)))
  return joined(new Uint8Array([0x30, body.length]), body)
}

const resigned = (name: string, change: (signature: Uint8Array) => Uint8Array): Attack =>
  attack(
    name,
    'signature',
    async (forge) => {
      const token = await forge.token()
      return withSignature(token, change(signatureOf(token)))
    },
    'decodeOnly',
  )

const signatures: Attack[] = [
  ...special.flatMap(([r, rValue]) =>
    special.map(([s, sValue]) =>
      resigned(`A10 a signature of r = ${r}, s = ${s}`, () => joined(scalar(rValue), scalar(sValue))),
    ),
  ),
  resigned('A12 a DER-encoded signature', der),
  resigned('A12 a signature of 63 bytes', (good) => good.slice(0, 63)),
  resigned('A12 a signature of 65 bytes', (good) => joined(good, new Uint8Array(1))),
  resigned('A12 a signature of 128 bytes', (good) => joined(good, good)),
  resigned('A12 a signature of 1 byte', (good) => good.slice(0, 1)),
  ...Array.from({ length: 64 }, (_, index) =>
    resigned(`A14 one bit flipped in byte ${index}`, (good) =>
      good.map((byte, at) => (at === index ? byte ^ (1 << (index % 8)) : byte)),
    ),
  ),
  attack(
    'A15 the signature of another token of ours',
    'signature',
    async (forge) => {
      const other = await forge.token({ gen: 4 })
      return withSignature(await forge.token(), signatureOf(other))
    },
    'decodeOnly',
  ),
  attack(
    "A08 another key's signature under our kid",
    'signature',
    async (forge) => {
      const stranger = await openForge()
      return stranger.sign(JSON.stringify(forge.header), payload)
    },
    'decodeOnly',
  ),
  attack(
    'T01 a payload changed after signing',
    'signature',
    async (forge) => {
      const [head, , signature] = partsOf(await forge.token())
      return `${head}.${segment(JSON.stringify({ ...goodClaims, roles: ['admin'] }))}.${signature}`
    },
    'decodeOnly',
  ),
]

describe('a token with a good signature', () => {
  test('is accepted, with exactly the claims that were signed and the kid that signed them', async () => {
    const forge = await openForge()
    const token = await forge.signSpelled(goodSegments(forge))
    expect(await verifyAccessToken(token, forge.keyring, expected, now)).toEqual({
      ok: true,
      claims: goodClaims,
      kid: forge.kid,
    })
  })

  test('A11 malleated to (r, n − s) is another spelling of the same session', async () => {
    const forge = await openForge()
    const token = await forge.token()
    const good = signatureOf(token)
    const other = withSignature(token, joined(good.slice(0, 32), scalar(order32(-bigint(good.slice(32))))))
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
    const token = `${encodeBase64url(utf8(headerOf(forge, 'HS256')))}.${body}.${signature}`
    expect(await verifyAccessToken(token, keyring, expected, now)).toEqual({ ok: false, reason: 'alg' })
  })
})

describe('attacks on the algorithm', () => testAttacks(algorithms, openForge))
describe('attacks on the signature', () => testAttacks(signatures, openForge))
