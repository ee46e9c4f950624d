// Tokens of another kind offered as access tokens: catalogue 2.E.

import { CompactEncrypt } from 'jose/jwe/compact/encrypt'
import { decodeBase64url } from '../../base64url'
import { segment, utf8 } from '../../forging'
import { type Attack, atTheDoor, attack } from '../attack'
import { publicText } from '../forge-keys'
import { openForge, type Signer } from '../token-forge'

const encrypted = (text: string, secret = new Uint8Array(32)) =>
  new CompactEncrypt(utf8(text)).setProtectedHeader({ alg: 'dir', enc: 'A256GCM', cty: 'JWT' }).encrypt(secret)

const random = (size: number) => segment(crypto.getRandomValues(new Uint8Array(size)))

/** The five parts of a JWE, of any bytes. */
const jwe = (header: Record<string, unknown>, encryptedKey = 32, iv = 12, tag = 16) =>
  [segment(JSON.stringify(header)), ...[encryptedKey, iv, 64, tag].map(random)].join('.')

const zipBomb = (room: number) => `${jwe({ alg: 'dir', enc: 'A256GCM', zip: 'DEF' })}${'A'.repeat(room)}`

/** A token of ours but for its type, or for its audience. */
const typed = (name: string, typ: string, claims: Record<string, unknown> = {}) =>
  attack(name, 'typ', (signer) => signer.token(claims, { typ }), 'joseBare')
const meantFor = (name: string, aud: string) => attack(name, 'aud', (signer) => signer.token({ aud }), 'joseBare')

const nested = async (signer: Signer, depth: number, wrap: (token: string) => Promise<string>) => {
  let token = await signer.token()
  for (let i = 0; i < depth; i++) token = await wrap(token)
  return token
}

export const kindAttacks: Attack[] = [
  attack(
    'E01 the text of a refresh token',
    'malformed',
    ({ claims }) => `${claims().sid}.${claims().gen}.${'A'.repeat(43)}`,
  ),
  typed('E04 an ID token for a client', 'JWT', { aud: 'client', nonce: 'n' }),
  typed('E04 an ID token for us', 'JWT', { nonce: 'n' }),
  attack(
    'E04 an ID token without typ',
    'header',
    (signer) => signer.token({ aud: 'client' }, { typ: undefined }),
    'joseBare',
  ),
  attack(
    'E05 an iron-session seal',
    'malformed',
    () =>
      `Fe26.2*1*${'a'.repeat(64)}*${'b'.repeat(22)}*${'c'.repeat(128)}*1800000000000*${'d'.repeat(64)}*${'e'.repeat(43)}~2`,
  ),
  attack('E05 random text', 'malformed', () => random(32)),
  typed('E05 a revocation list signed with the same key', 'revocations+jwt'),
  typed('E05 a status list signed with the same key', 'statuslist+jwt'),
  typed('E05 a lab twin signed with the same key', 'lab+jwt', { aud: 'lab' }),
  meantFor('E05 a lab twin by its audience alone', 'lab'),
  meantFor('E06 a service token', 'https://billing.example'),
  typed('E08 a logout token', 'logout+jwt', { events: {} }),
  attack('E09 a JWE where a JWS is expected', 'malformed', async (signer) => encrypted(await signer.token())),
  attack('E09 a JWE of the claims', 'malformed', (signer) => encrypted(signer.payload())),
  attack('E09 a JWE under the public key', 'malformed', async (signer) =>
    encrypted(await signer.token(), decodeBase64url(publicText(signer.jwk))?.slice(0, 32)),
  ),
  attack('E09 a JWE header on three parts', 'header', (signer) => signer.token({}, { enc: 'A256GCM' }), 'jose'),
  attack('E09 dir as the algorithm of a JWS', 'alg', (signer) => signer.token({}, { alg: 'dir' }), 'decodeOnly'),
  attack('E10 a JWE around an unsigned token', 'malformed', (signer) =>
    encrypted(`${segment('{"alg":"none"}')}.${segment(signer.payload())}.`),
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
  attack('E13 a zip bomb of 8 KB', 'too_large', () => zipBomb(8_000)),
  atTheDoor(attack('E13 a zip bomb of 130 KB', 'too_large', () => zipBomb(130_000))),
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
  attack('E16 a token in a token, three deep', 'malformed', (signer) =>
    nested(signer, 3, (token) => signer.sign(JSON.stringify(signer.header), token)),
  ),
  attack('E16 a JWE in a JWE, ten deep', 'too_large', (signer) => nested(signer, 10, encrypted)),
  atTheDoor(attack('E16 a JWE in a JWE, twelve deep', 'too_large', (signer) => nested(signer, 12, encrypted))),
]
