// @vitest-environment edge-runtime
// Attacks by header members: catalogue 2.B.
import { describe, expect, test, vi } from 'vitest'
import { type Attack, attack, testAttacks } from './testing/attack-table'
import { expected, goodClaims, now, openForge, signHmac, utf8 } from './testing/token-forge'
import { verifyAccessToken } from './token'

const payload = JSON.stringify(goodClaims)

const carried = (name: string, members: Record<string, unknown>, fools?: Attack['fools']) =>
  attack(name, 'header', (forge) => forge.token({}, members), fools)

const places = [
  'http://127.0.0.1:9999/jwks.json',
  'https://evil.example/jwks.json',
  'file:///etc/passwd',
  'data:application/json,{}',
  '//evil.example/k',
  'https://app.example/go?to=//evil.example',
]

const kids: [row: string, kid: unknown, secret: string][] = [
  ['B05', '../../../../dev/null', ''],
  ['B05', '/dev/null', ''],
  ['B05', '/proc/sys/kernel/randomize_va_space', '2\n'],
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
]

const inherited = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'get', 'size']

const headers: Attack[] = [
  attack(
    'B01 an embedded jwk that signed the token, under a kid of its own',
    'header',
    async () => {
      const attacker = await openForge()
      return attacker.token({}, { jwk: { kty: 'EC', crv: 'P-256', x: attacker.jwk.x, y: attacker.jwk.y } })
    },
    'embeddedKey',
  ),
  attack(
    'B01 an embedded jwk that signed the token, under our kid',
    'header',
    async (forge) => {
      const attacker = await openForge()
      return attacker.token(
        {},
        { kid: forge.kid, jwk: { kty: 'EC', crv: 'P-256', x: attacker.jwk.x, y: attacker.jwk.y } },
      )
    },
    'embeddedKey',
  ),
  ...places.flatMap((place) => [
    carried(`B02 jku of ${place}`, { jku: place }),
    carried(`B03 x5u of ${place}`, { x5u: place }),
  ]),
  carried('B03 x5c', { x5c: ['MIIB'] }),
  carried('B03 x5t', { x5t: 'AAAA' }),
  carried('B03 x5t#S256', { 'x5t#S256': 'AAAA' }),
  carried('B04 a good token that merely carries jku', { jku: 'https://app.example/.well-known/jwks.json' }, 'jose'),
  carried('B04 a good token that merely carries jwk', { jwk: {} }, 'jose'),
  carried('B04 a good token that merely carries x5u', { x5u: 'https://app.example/cert' }, 'jose'),
  ...kids.map(([row, kid, secret]) =>
    attack(`${row} kid ${JSON.stringify(kid).slice(0, 50)}`, 'header', (forge) =>
      signHmac(256, utf8(secret), JSON.stringify({ ...forge.header, alg: 'HS256', kid }), payload),
    ),
  ),
  attack('B06 kid of 10 KB', 'too_large', (forge) => forge.token({}, { kid: 'k'.repeat(10_240) })),
  ...inherited.map((kid) =>
    attack(
      `B08 kid ${kid}`,
      'unknown_kid',
      (forge) => forge.sign(`{"alg":"ES256","typ":"at+jwt","kid":"${kid}"}`, payload),
      'jose',
    ),
  ),
  attack('B09 an unknown kid', 'unknown_kid', (forge) => forge.token({}, { kid: 'unknown' }), 'jose'),
  attack('B09 no kid', 'header', (forge) => forge.token({}, { kid: undefined }), 'jose'),
  attack('B09 a kid of null', 'header', (forge) => forge.token({}, { kid: null }), 'jose'),
  attack('B09 our kid in another case', 'unknown_kid', (forge) => forge.token({}, { kid: `${forge.kid}x` })),
  carried('B10 crit with an extension that nobody knows', { crit: ['x'], x: 1 }),
  carried('B11 an empty crit', { crit: [] }),
  carried('B11 crit as a string', { crit: 'exp' }),
  carried('B11 crit of a claim', { crit: ['exp'] }),
  carried('B11 crit of alg', { crit: ['alg'] }),
  carried('B12 b64 false with crit, payload encoded', { b64: false, crit: ['b64'] }),
  attack('B12 b64 false with crit, payload raw', 'malformed', (forge) => {
    const head = forge.sign(JSON.stringify({ ...forge.header, b64: false, crit: ['b64'] }), '')
    return head.then((token) => `${token.split('.')[0]}.${payload.replaceAll('.', '')}.${token.split('.')[2]}`)
  }),
  carried('B13 b64 true without crit', { b64: true }, 'jose'),
  carried('B13 b64 false without crit', { b64: false }, 'jose'),
  carried('B13 zip', { zip: 'DEF' }, 'jose'),
  attack('B14 typ JWT', 'typ', (forge) => forge.token({}, { typ: 'JWT' }), 'joseBare'),
  attack('B14 no typ', 'header', (forge) => forge.token({}, { typ: undefined }), 'joseBare'),
  attack('B14 typ at+JWT', 'typ', (forge) => forge.token({}, { typ: 'at+JWT' }), 'jose'),
  attack('B14 typ application/at+jwt', 'typ', (forge) => forge.token({}, { typ: 'application/at+jwt' }), 'jose'),
  attack('B14 typ rt+jwt', 'typ', (forge) => forge.token({}, { typ: 'rt+jwt' }), 'joseBare'),
  carried('B14 typ as an array', { typ: ['at+jwt'] }),
  carried('B15 cty JWT', { cty: 'JWT' }, 'jose'),
  attack('B15 a nested token as payload', 'malformed', async (forge) =>
    forge.sign(JSON.stringify(forge.header), await forge.token()),
  ),
]

describe('attacks by header members', () => testAttacks(headers, openForge))

describe('a key set with several keys', () => {
  test('is not searched for a key that fits: an unknown kid is refused although a good key is at hand', async () => {
    const [first, second] = [await openForge(), await openForge()]
    const keyring = new Map([...first.keyring, ...second.keyring])
    const swapped = await first.token({}, { kid: second.kid })
    expect(await verifyAccessToken(swapped, keyring, expected, now)).toEqual({ ok: false, reason: 'signature' })
    const nameless = await first.token({}, { kid: undefined })
    expect(await verifyAccessToken(nameless, keyring, expected, now)).toEqual({ ok: false, reason: 'header' })
  })

  test('B02, B03 nothing in a token makes the verifier fetch', async () => {
    const fetching = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('no network in core'))
    const forge = await openForge()
    for (const place of places)
      await verifyAccessToken(await forge.token({}, { jku: place, x5u: place }), forge.keyring, expected, now)
    expect(fetching).not.toHaveBeenCalled()
    fetching.mockRestore()
  })
})
