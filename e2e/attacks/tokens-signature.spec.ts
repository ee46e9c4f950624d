// Attacks on the algorithm and the signature, over HTTP: catalogue 2.A.
import {
  bigint,
  joined,
  openForge,
  p256,
  partsOf,
  scalar,
  segment,
  signatureOf,
  signHmac,
  utf8,
  withSignature,
} from '../../lib/core/testing/token-forge'
import { pemOf } from '../../lib/core/testing/weak-verifiers'
import { expect, type Forge, test } from '../fixtures/standing'
import { flawsOf, type Row, row, testRows } from '../fixtures/token-table'

const headerOf = (forge: Forge, alg: unknown) => JSON.stringify({ ...forge.header, alg })

const noAlgorithms: [name: string, header: (forge: Forge) => string][] = [
  ...['none', 'None', 'NONE', 'nOnE', 'NoNe', 'none ', ''].map((alg): [string, (forge: Forge) => string] => [
    JSON.stringify(alg),
    (forge) => headerOf(forge, alg),
  ]),
  ['"\\u006eone"', (forge) => headerOf(forge, 'NONE').replace('NONE', '\\u006eone')],
  ['null', (forge) => headerOf(forge, null)],
  ['["HS256"]', (forge) => headerOf(forge, ['HS256'])],
  ['absent', (forge) => headerOf(forge, undefined)],
]

const withoutAlgorithm: Row[] = noAlgorithms.flatMap(([name, header]) => [
  row(
    `A01 alg ${name} and an empty signature`,
    (forge) => `${segment(header(forge))}.${segment(forge.payload())}.`,
    'decodeOnly',
  ),
  row(
    `A02 alg ${name} and a good token's signature`,
    async (forge) => {
      const [, body, signature] = partsOf(await forge.token())
      return `${segment(header(forge))}.${body}.${signature}`
    },
    'decodeOnly',
  ),
])

const shapes: [name: string, build: (h: string, p: string, s: string) => string][] = [
  ['h.p.', (h, p) => `${h}.${p}.`],
  ['h.p', (h, p) => `${h}.${p}`],
  ['h..s', (h, _, s) => `${h}..${s}`],
  ['.p.s', (_, p, s) => `.${p}.${s}`],
  ['h.p.s.', (h, p, s) => `${h}.${p}.${s}.`],
  ['h.p.s.x', (h, p, s) => `${h}.${p}.${s}.x`],
  ['p.h.s', (h, p, s) => `${p}.${h}.${s}`],
  ['h', (h) => h],
  ['..', () => '..'],
  ['nothing', () => ''],
]
const missingParts: Row[] = shapes.map(([name, build]) =>
  row(
    `A03 the parts ${name}`,
    async (forge) => build(...partsOf(await forge.token())),
    name === 'h.p.' || name === 'h.p' ? 'decodeOnly' : undefined,
  ),
)

/** The forms in which a public key gets into a verifier that takes it for an HMAC secret. */
const publicKeyForms: [name: string, bytes: (forge: Forge) => Promise<Uint8Array<ArrayBuffer>>][] = [
  ['PEM', async (forge) => utf8(await pemOf({ ...forge, keyring: new Map() }))],
  ['PEM without a last newline', async (forge) => utf8((await pemOf({ ...forge, keyring: new Map() })).trimEnd())],
  ['PEM with a leading space', async (forge) => utf8(` ${await pemOf({ ...forge, keyring: new Map() })}`)],
  ['DER', async ({ publicKey }) => new Uint8Array(await crypto.subtle.exportKey('spki', publicKey))],
  ['JWK as JSON', async ({ jwk }) => utf8(JSON.stringify(jwk))],
  ['the bytes of x', async ({ jwk }) => new Uint8Array(Buffer.from(jwk.x, 'base64url'))],
  [
    'the base64 of DER',
    async ({ publicKey }) => utf8(Buffer.from(await crypto.subtle.exportKey('spki', publicKey)).toString('base64')),
  ],
]
const confusions: Row[] = publicKeyForms.flatMap(([name, bytes]) =>
  ([256, 384, 512] as const).map((bits) =>
    row(
      `A05 HS${bits} over the public key as ${name}`,
      async (forge) => signHmac(bits, await bytes(forge), headerOf(forge, `HS${bits}`), forge.payload()),
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

const algorithms: Row[] = [
  ...withoutAlgorithm,
  ...missingParts,
  row(
    'A04 HS256 with an empty key and our kid',
    (forge) => signHmac(256, utf8(''), headerOf(forge, 'HS256'), forge.payload()),
    'decodeOnly',
  ),
  row(
    'A04 HS256 with an empty key and an unknown kid',
    (forge) =>
      signHmac(256, utf8(''), JSON.stringify({ ...forge.header, alg: 'HS256', kid: 'unknown' }), forge.payload()),
    'decodeOnly',
  ),
  ...confusions,
  ...['ES384', 'ES512', 'ES256K', 'RS256', 'PS256', 'EdDSA', 'Ed25519'].map((alg) =>
    row(`A06 alg ${alg} for our ES256 key`, (forge) => forge.token({}, { alg }), 'decodeOnly'),
  ),
  ...['es256', 'Es256', 'ES256 ', ' ES256', 'hs256', 'eddsa'].map((alg) =>
    row(`A07 alg "${alg}"`, (forge) => forge.token({}, { alg }), 'decodeOnly'),
  ),
  ...weakSecrets.map((secret) =>
    row(
      `A09 HS256 with the common secret "${secret}"`,
      (forge) => signHmac(256, utf8(secret), headerOf(forge, 'HS256'), forge.payload()),
      'decodeOnly',
    ),
  ),
]

/** Values of r and s that a verifier without range checks may take for good (CVE-2022-21449, Wycheproof's special cases). */
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

const resigned = (name: string, change: (signature: Uint8Array) => Uint8Array): Row =>
  row(
    name,
    async (forge) => {
      const token = await forge.token()
      return withSignature(token, change(signatureOf(token)))
    },
    'decodeOnly',
  )

const signatures: Row[] = [
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
  row(
    'A15 the signature of another token of ours',
    async (forge) => {
      const other = await forge.token({ roles: ['admin'] })
      return withSignature(await forge.token(), signatureOf(other))
    },
    'decodeOnly',
  ),
  row(
    "A08 another key's signature under our kid",
    async (forge) => (await openForge()).sign(JSON.stringify(forge.header), forge.payload()),
    'decodeOnly',
  ),
  row(
    'T01 a payload changed after signing',
    async (forge) => {
      const [head, , signature] = partsOf(await forge.token())
      return `${head}.${segment(JSON.stringify({ ...forge.claims(), roles: ['admin'] }))}.${signature}`
    },
    'decodeOnly',
  ),
]

const good: Row[] = [
  row('a token that the real key signed', (forge) => forge.token(), undefined, 'accepted'),
  row(
    'A11 a good token malleated to (r, n − s)',
    async (forge) => {
      const token = await forge.token()
      const signature = signatureOf(token)
      return withSignature(token, joined(signature.slice(0, 32), scalar(p256.n - bigint(signature.slice(32)))))
    },
    undefined,
    'accepted',
  ),
]

test.describe('a good token', () => testRows(good))
test.describe('attacks on the algorithm', () => testRows(algorithms))
test.describe('attacks on the signature', () => testRows(signatures))

test('T01 nothing of a token that nobody signed is echoed or logged', async ({ standing, app }) => {
  const marker = 'Marker-7f3a9c'
  const { forge, port, markers } = standing
  const claims = Object.fromEntries(Object.keys(forge.claims()).map((name) => [name, `${marker}-${name}`]))
  const [, body] = partsOf(await forge.token(claims))
  const header = JSON.stringify({ ...forge.header, kid: marker })
  const tokens = [
    `${segment(header)}.${body}.${segment(new Uint8Array(64))}`,
    await forge.token(claims),
    `${marker}.${marker}.${marker}`,
  ]
  for (const token of tokens) {
    expect(
      await flawsOf(
        row('T01', () => token),
        { port, forge, markers: [...markers, marker] },
      ),
    ).toEqual([])
  }
  expect(app.output()).not.toContain(marker)
})
