// Attacks by header members: catalogue 2.B. What a token names is never fetched, opened or run.
import { segment, signHmac, utf8 } from '../../forging'
import { type Attack, attack } from '../attack'
import { openForge, otherCase, type Signer } from '../token-forge'

type Members = Record<string, unknown>
const carried = (
  name: string,
  answer: Attack['answer'],
  members: Members | ((signer: Signer) => Members),
  ...fools: Attack['fools']
) =>
  attack(
    name,
    answer,
    (signer) => signer.token({}, typeof members === 'function' ? members(signer) : members),
    ...fools,
  )

export const places: [name: string, place: (signer: Signer) => string][] = [
  ['a listener on loopback', ({ elsewhere }) => `${elsewhere}/jwks.json`],
  ['a listener, without a scheme', ({ elsewhere }) => elsewhere.replace('http:', '')],
  ['a listener by an encoded address', ({ elsewhere }) => elsewhere.replace('127.0.0.1', '2130706433')],
  ['https', () => 'https://evil.test/jwks.json'],
  ['a host without a scheme', () => '//evil.test/k'],
  ['a file', () => 'file:///etc/passwd'],
  ['data:', () => 'data:application/json,%7B%22keys%22%3A%5B%5D%7D'],
  ['our own key set', ({ claims }) => `${claims().iss}/.well-known/jwks.json`],
  [
    'our own refresh, as an open redirect',
    ({ claims, elsewhere }) => `${claims().iss}/api/auth/refresh?next=${elsewhere}`,
  ],
]

const kids: [id: string, kid: unknown, secret: string][] = [
  ['B05', '../../../../dev/null', ''],
  ['B05', '/dev/null', ''],
  ['B05', '/proc/sys/kernel/randomize_va_space', '2\n'],
  ['B05', '..\\..\\windows\\win.ini', ''],
  ['B05', 'a\u0000b', ''],
  ['B06', "x' UNION SELECT '1';--", '1'],
  ['B06', "' OR 1=1--", '1'],
  ['B06', { $gt: '' }, ''],
  ['B06', ['x'], ''],
  ['B06', {}, ''],
  ['B06', 7, ''],
  ['B06', '', ''],
  ['B06', 'k'.repeat(65), ''],
  ['B07', '|sleep 10', ''],
  ['B07', '$(sleep 10)', ''],
  ['B07', '`sleep 10`', ''],
]

/** A token of the attacker's own key that brings something along to prove it. */
const brought = (name: string, members: (jwk: object, signer: Signer) => Members, ...fools: Attack['fools']) =>
  attack(
    name,
    'header',
    async (signer) => {
      const attacker = await openForge()
      const { alg: _, use: __, kid: ___, ...jwk } = attacker.jwk
      return attacker.sign(JSON.stringify({ ...attacker.header, ...members(jwk, signer) }), signer.payload())
    },
    ...fools,
  )

export const headerAttacks: Attack[] = [
  brought('B01 an embedded jwk that signed the token, under a kid of its own', (jwk) => ({ jwk }), 'embeddedKey'),
  brought('B01 an embedded jwk that signed the token, under our kid', (jwk, { kid }) => ({ jwk, kid }), 'embeddedKey'),
  brought('B01 a public key in the kid', (jwk) => ({ kid: JSON.stringify(jwk) })),
  ...places.flatMap(([name, place]) => [
    carried(`B02 a good token with a jku to ${name}`, 'header', (signer) => ({ jku: place(signer) }), 'jose'),
    carried(`B03 a good token with an x5u to ${name}`, 'header', (signer) => ({ x5u: place(signer) }), 'jose'),
  ]),
  carried('B03 x5c', 'header', { x5c: ['MIIB'] }, 'jose'),
  carried('B03 x5t', 'header', { x5t: 'AAAA' }, 'jose'),
  carried('B03 x5t#S256', 'header', { 'x5t#S256': 'AAAA' }, 'jose'),
  carried('B04 a good token that merely carries jwk', 'header', ({ jwk }) => ({ jwk }), 'jose'),
  carried('B04 a good token that merely carries an empty jwk', 'header', { jwk: {} }, 'jose'),
  carried(
    'B04 a good token that merely carries x5u',
    'header',
    ({ claims }) => ({ x5u: `${claims().iss}/cert` }),
    'jose',
  ),
  ...kids.flatMap(([id, kid, secret]) => [
    attack(
      `${id} kid ${JSON.stringify(kid).slice(0, 50)}`,
      'header',
      (signer) =>
        signHmac(256, utf8(secret), JSON.stringify({ ...signer.header, alg: 'HS256', kid }), signer.payload()),
      'decodeOnly',
    ),
    carried(`${id} kid ${JSON.stringify(kid).slice(0, 50)}, signed by us`, 'header', { kid }, 'jose'),
  ]),
  carried('B06 kid of 2 KB', 'header', { kid: 'k'.repeat(2_048) }, 'jose'),
  carried('B06 kid of 10 KB', 'too_large', { kid: 'k'.repeat(10_240) }, 'jose'),
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'get', 'size'].map((kid) =>
    attack(
      `B08 kid ${kid}`,
      'unknown_kid',
      (signer) => signer.sign(`{"alg":"ES256","typ":"at+jwt","kid":"${kid}"}`, signer.payload()),
      'jose',
    ),
  ),
  carried('B09 an unknown kid', 'unknown_kid', { kid: 'unknown' }, 'jose'),
  carried('B09 no kid', 'header', { kid: undefined }, 'jose'),
  carried('B09 a kid of null', 'header', { kid: null }, 'jose'),
  carried('B09 our kid and one letter more', 'unknown_kid', ({ kid }) => ({ kid: `${kid}x` }), 'jose'),
  carried('B09 our kid in another case', 'unknown_kid', ({ kid }) => ({ kid: otherCase(kid) }), 'jose'),
  carried('B10 crit with an extension that nobody knows', 'header', { crit: ['x'], x: 1 }),
  carried('B11 an empty crit', 'header', { crit: [] }),
  carried('B11 crit as a string', 'header', { crit: 'exp' }),
  carried('B11 crit of a claim', 'header', { crit: ['exp'] }),
  carried('B11 crit of alg', 'header', { crit: ['alg'] }),
  carried('B12 b64 false with crit, payload encoded', 'header', { b64: false, crit: ['b64'] }),
  attack('B12 b64 false with crit, payload raw', 'malformed', (signer) => {
    const head = segment(JSON.stringify({ ...signer.header, b64: false, crit: ['b64'] }))
    return signer.signSpelled(`${head}.${signer.payload().replaceAll('.', '')}`)
  }),
  carried('B13 b64 true without crit', 'header', { b64: true }, 'jose'),
  carried('B13 b64 false without crit', 'header', { b64: false }, 'jose'),
  carried('B13 zip', 'header', { zip: 'DEF' }, 'jose'),
  carried('B14 typ JWT', 'typ', { typ: 'JWT' }, 'joseBare'),
  carried('B14 no typ', 'header', { typ: undefined }, 'joseBare'),
  carried('B14 typ at+JWT', 'typ', { typ: 'at+JWT' }, 'jose'),
  carried('B14 typ application/at+jwt', 'typ', { typ: 'application/at+jwt' }, 'jose'),
  carried('B14 typ at+jwt with a space', 'typ', { typ: 'at+jwt ' }, 'joseBare'),
  carried('B14 typ rt+jwt', 'typ', { typ: 'rt+jwt' }, 'joseBare'),
  carried('B14 typ as an array', 'header', { typ: ['at+jwt'] }, 'joseBare'),
  carried('B15 cty JWT', 'header', { cty: 'JWT' }, 'jose'),
  attack('B15 a nested token as payload', 'malformed', async (signer) =>
    signer.sign(JSON.stringify(signer.header), await signer.token()),
  ),
]
