// Attacks on the algorithm and the signature: catalogue 2.A.

import { decodeBase64url } from '../../base64url'
import {
  derSignature,
  joined,
  partsOf,
  pemOf,
  segment,
  signatureOf,
  signHmac,
  utf8,
  withSignature,
} from '../../forging'
import { type Attack, attack } from '../attack'
import { publicText } from '../forge-keys'
import { bigint, openForge, p256, type Signer, scalar } from '../token-forge'

const headerOf = (signer: Signer, alg: unknown) => JSON.stringify({ ...signer.header, alg })

/** Header text for each spelling of "no algorithm", with what the strict profile calls it once there is a signature. */
const noAlgorithms: [name: string, header: (signer: Signer) => string, answer: 'alg' | 'header'][] = [
  ...['none', 'None', 'NONE', 'nOnE', 'NoNe', 'none ', ''].map((alg): [string, (signer: Signer) => string, 'alg'] => [
    JSON.stringify(alg),
    (signer) => headerOf(signer, alg),
    'alg',
  ]),
  ['"\\u006eone"', (signer) => headerOf(signer, 'NONE').replace('NONE', '\\u006eone'), 'alg'],
  ['null', (signer) => headerOf(signer, null), 'header'],
  ['["HS256"]', (signer) => headerOf(signer, ['HS256']), 'header'],
  ['absent', (signer) => headerOf(signer, undefined), 'header'],
]

const withoutAlgorithm: Attack[] = noAlgorithms.flatMap(([name, header, answer]) => [
  attack(
    `A01 alg ${name} and an empty signature`,
    'malformed',
    (signer) => `${segment(header(signer))}.${segment(signer.payload())}.`,
    'decodeOnly',
  ),
  attack(
    `A02 alg ${name} and a good token's signature`,
    answer,
    async (signer) => {
      const [, body, signature] = partsOf(await signer.token())
      return `${segment(header(signer))}.${body}.${signature}`
    },
    'decodeOnly',
  ),
])

type Rebuild = (h: string, p: string, s: string) => string
const rebuilt = (parts: string, answer: Attack['answer'], build: Rebuild, ...fools: Attack['fools']) =>
  attack(`A03 the parts ${parts}`, answer, async (signer) => build(...partsOf(await signer.token())), ...fools)

const missingParts: Attack[] = [
  rebuilt('h.p.', 'malformed', (h, p) => `${h}.${p}.`, 'decodeOnly'),
  rebuilt('h.p', 'malformed', (h, p) => `${h}.${p}`, 'decodeOnly'),
  rebuilt('h..s', 'malformed', (h, _, s) => `${h}..${s}`),
  rebuilt('.p.s', 'malformed', (_, p, s) => `.${p}.${s}`),
  rebuilt('h.p.s.', 'malformed', (h, p, s) => `${h}.${p}.${s}.`),
  rebuilt('h.p.s.x', 'malformed', (h, p, s) => `${h}.${p}.${s}.x`),
  rebuilt('p.h.s', 'header', (h, p, s) => `${p}.${h}.${s}`),
  rebuilt('h', 'malformed', (h) => h),
  rebuilt('..', 'malformed', () => '..'),
  rebuilt('nothing', 'malformed', () => ''),
]

const spki = async ({ publicKey }: Signer) => new Uint8Array(await crypto.subtle.exportKey('spki', publicKey))

/** The forms in which a public key gets into a verifier that takes it for an HMAC secret. */
const publicKeyForms: [name: string, bytes: (signer: Signer) => Promise<Uint8Array<ArrayBuffer>>][] = [
  ['PEM', async (signer) => utf8(await pemOf(signer.publicKey))],
  ['PEM without a last newline', async (signer) => utf8((await pemOf(signer.publicKey)).trimEnd())],
  ['PEM with a leading space', async (signer) => utf8(` ${await pemOf(signer.publicKey)}`)],
  ['DER', spki],
  ['JWK as JSON', async ({ jwk }) => utf8(JSON.stringify(jwk))],
  ['the bytes of x or n', async ({ jwk }) => decodeBase64url(publicText(jwk)) ?? utf8('')],
  ['the base64 of DER', async (signer) => utf8(btoa(String.fromCharCode(...(await spki(signer)))))],
]

const confusions: Attack[] = publicKeyForms.flatMap(([name, bytes]) =>
  ([256, 384, 512] as const).map((bits) =>
    attack(
      `A05 HS${bits} over the public key as ${name}`,
      'alg',
      async (signer) => signHmac(bits, await bytes(signer), headerOf(signer, `HS${bits}`), signer.payload()),
      'decodeOnly',
      ...(name === 'PEM' ? (['pemBytes'] as const) : []),
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

export const algorithmAttacks: Attack[] = [
  ...withoutAlgorithm,
  ...missingParts,
  attack(
    'A04 HS256 with an empty key and our kid',
    'alg',
    (signer) => signHmac(256, utf8(''), headerOf(signer, 'HS256'), signer.payload()),
    'decodeOnly',
  ),
  attack(
    'A04 HS256 with an empty key and an unknown kid',
    'unknown_kid',
    (signer) =>
      signHmac(256, utf8(''), JSON.stringify({ ...signer.header, alg: 'HS256', kid: 'unknown' }), signer.payload()),
    'decodeOnly',
  ),
  ...confusions,
  ...['ES384', 'ES512', 'ES256K', 'RS256', 'PS256', 'EdDSA', 'Ed25519'].map((alg) =>
    attack(`A06 alg ${alg} for our ES256 key`, 'alg', (signer) => signer.token({}, { alg }), 'decodeOnly'),
  ),
  ...['es256', 'Es256', 'ES256 ', ' ES256', 'hs256', 'eddsa'].map((alg) =>
    attack(`A07 alg "${alg}"`, 'alg', (signer) => signer.token({}, { alg }), 'decodeOnly'),
  ),
  ...weakSecrets.map((secret) =>
    attack(
      `A09 HS256 with the common secret "${secret}"`,
      'alg',
      (signer) => signHmac(256, utf8(secret), headerOf(signer, 'HS256'), signer.payload()),
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

/** The other signature of the same text: (r, n − s). */
export const malleated = (token: string): string => {
  const good = signatureOf(token)
  return withSignature(token, joined(good.slice(0, 32), scalar(p256.n - bigint(good.slice(32)))))
}

const resigned = (name: string, change: (signature: Uint8Array) => Uint8Array): Attack =>
  attack(
    name,
    'signature',
    async (signer) => {
      const token = await signer.token()
      return withSignature(token, change(signatureOf(token)))
    },
    'decodeOnly',
  )

export const signatureAttacks: Attack[] = [
  ...special.flatMap(([r, rValue]) =>
    special.map(([s, sValue]) =>
      resigned(`A10 a signature of r = ${r}, s = ${s}`, () => joined(scalar(rValue), scalar(sValue))),
    ),
  ),
  resigned('A12 a DER-encoded signature', derSignature),
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
    async (signer) => withSignature(await signer.token(), signatureOf(await signer.token({ roles: ['admin'] }))),
    'decodeOnly',
  ),
  attack(
    "A08 another key's signature under our kid",
    'signature',
    async (signer) => (await openForge()).sign(JSON.stringify(signer.header), signer.payload()),
    'decodeOnly',
  ),
  attack(
    'T01 a payload changed after signing',
    'signature',
    async (signer) => {
      const [head, , signature] = partsOf(await signer.token())
      return `${head}.${segment(JSON.stringify({ ...signer.claims(), roles: ['admin'] }))}.${signature}`
    },
    'decodeOnly',
  ),
]

export const goodTokens: Attack[] = [
  attack('a token that the real key signed', 'accepted', (signer) => signer.token()),
  attack('A11 a good token malleated to (r, n − s)', 'accepted', async (signer) => malleated(await signer.token())),
]
