// @vitest-environment edge-runtime
// Tokens of another kind offered as access tokens: catalogue 2.E.
import { CompactEncrypt } from 'jose/jwe/compact/encrypt'
import { describe } from 'vitest'
import { encodeBase64url } from './base64url'
import { type Attack, attack, testAttacks } from './testing/attack-table'
import { goodClaims, openForge, segment, utf8 } from './testing/token-forge'

const key = new Uint8Array(32)
const payload = JSON.stringify(goodClaims)
const encrypted = (text: string, header: Record<string, unknown> = {}) =>
  new CompactEncrypt(utf8(text)).setProtectedHeader({ alg: 'dir', enc: 'A256GCM', cty: 'JWT', ...header }).encrypt(key)

/** The five parts of a JWE, of any bytes. */
const jwe = (header: Record<string, unknown>, encryptedKey = 32, iv = 12, tag = 16) =>
  [
    segment(JSON.stringify(header)),
    ...[encryptedKey, iv, 64, tag].map((size) => encodeBase64url(new Uint8Array(size))),
  ].join('.')

const kinds: Attack[] = [
  attack('E01 a refresh token', 'malformed', () => `${goodClaims.sid}.3.${'A'.repeat(43)}`),
  attack(
    'E04 an ID token for a client',
    'typ',
    (forge) => forge.token({ aud: 'client', nonce: 'n' }, { typ: 'JWT' }),
    'joseBare',
  ),
  attack('E04 an ID token for us', 'typ', (forge) => forge.token({ nonce: 'n' }, { typ: 'JWT' }), 'joseBare'),
  attack(
    'E04 an ID token without typ',
    'header',
    (forge) => forge.token({ aud: 'client' }, { typ: undefined }),
    'joseBare',
  ),
  attack(
    'E05 an iron-session seal',
    'malformed',
    () =>
      `Fe26.2*1*${'a'.repeat(64)}*${'b'.repeat(22)}*${'c'.repeat(128)}*1800000000000*${'d'.repeat(64)}*${'e'.repeat(43)}~2`,
  ),
  attack('E05 random text', 'malformed', () => encodeBase64url(new Uint8Array(32))),
  attack(
    'E05 a revocation list signed with the same key',
    'typ',
    (forge) => forge.token({}, { typ: 'revocations+jwt' }),
    'joseBare',
  ),
  attack(
    'E05 a status list signed with the same key',
    'typ',
    (forge) => forge.token({}, { typ: 'statuslist+jwt' }),
    'joseBare',
  ),
  attack(
    'E05 a lab twin signed with the same key',
    'typ',
    (forge) => forge.token({ aud: 'lab' }, { typ: 'lab+jwt' }),
    'joseBare',
  ),
  attack('E05 a lab twin by its audience alone', 'aud', (forge) => forge.token({ aud: 'lab' }), 'joseBare'),
  attack('E06 a service token', 'aud', (forge) => forge.token({ aud: 'https://billing.example' }), 'joseBare'),
  attack('E08 a logout token', 'typ', (forge) => forge.token({ events: {} }, { typ: 'logout+jwt' }), 'joseBare'),
  attack('E09 a JWE where a JWS is expected', 'malformed', async (forge) => encrypted(await forge.token())),
  attack('E09 a JWE of the claims', 'malformed', () => encrypted(payload)),
  attack('E09 a JWE header on three parts', 'header', (forge) => forge.token({}, { enc: 'A256GCM' }), 'jose'),
  attack('E09 dir as the algorithm of a JWS', 'alg', (forge) => forge.token({}, { alg: 'dir' })),
  attack('E10 a JWE around an unsigned token', 'malformed', () =>
    encrypted(`${segment('{"alg":"none"}')}.${segment(payload)}.`),
  ),
  attack('E10 a JWE around a token of another key', 'malformed', async () =>
    encrypted(await (await openForge()).token()),
  ),
  attack('E10 a JWE around nothing', 'malformed', () => encrypted('')),
  ...['none', 'RSA1_5', 'PBES2-HS256+A128KW', 'ECDH-ES', 'dir', 'A256GCMKW'].map((alg) =>
    attack(`E11 a JWE of alg ${alg}`, 'malformed', () => jwe({ alg, enc: 'A128CBC-HS256' })),
  ),
  ...[1, 0, -1, 1e9, '1000', 1.5].map((p2c) =>
    attack(`E12 PBES2 with p2c ${JSON.stringify(p2c)}`, 'malformed', () =>
      jwe({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM', p2c, p2s: 'AAAA' }),
    ),
  ),
  attack('E13 a small zip bomb', 'malformed', () => jwe({ alg: 'dir', enc: 'A256GCM', zip: 'DEF' }, 0)),
  attack(
    'E13 a large zip bomb',
    'too_large',
    () => `${jwe({ alg: 'dir', enc: 'A256GCM', zip: 'DEF' })}${'A'.repeat(130_000)}`,
  ),
  ...[12, 8, 4, 0].map((size) =>
    attack(`E14 a JWE with a tag of ${size} bytes`, 'malformed', () =>
      jwe({ alg: 'dir', enc: 'A256GCM' }, 0, 12, size),
    ),
  ),
  ...[0, 8, 16].map((size) =>
    attack(`E14 a JWE with an IV of ${size} bytes`, 'malformed', () => jwe({ alg: 'dir', enc: 'A256GCM' }, 0, size)),
  ),
  ...[0, 1, 2, 3, 4].map((missing) =>
    attack(`E14 a JWE without part ${missing + 1}`, 'malformed', () =>
      jwe({ alg: 'A256KW', enc: 'A256GCM' })
        .split('.')
        .filter((_, at) => at !== missing)
        .join('.'),
    ),
  ),
  attack('E15 an epk off the curve', 'malformed', () =>
    jwe({ alg: 'ECDH-ES', enc: 'A256GCM', epk: { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' } }, 0),
  ),
  attack('E16 a token in a token, three deep', 'malformed', async (forge) => {
    let token = await forge.token()
    for (let depth = 0; depth < 3; depth++) token = await forge.sign(JSON.stringify(forge.header), token)
    return token
  }),
  attack('E16 a JWE in a JWE, twelve deep', 'too_large', async (forge) => {
    let token = await forge.token()
    for (let depth = 0; depth < 12; depth++) token = await encrypted(token)
    return token
  }),
]

describe('tokens of another kind', () => testAttacks(kinds, openForge))
