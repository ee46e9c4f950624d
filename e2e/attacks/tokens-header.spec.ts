// Attacks by header members, over HTTP: catalogue 2.B. What a token names is never fetched, opened or run.
import { openForge, signHmac, utf8 } from '../../lib/core/testing/token-forge'
import { expect, type Forge, test } from '../fixtures/standing'
import { flawsOf, type Row, row, testRows } from '../fixtures/token-table'

const carried = (name: string, members: (forge: Forge) => Record<string, unknown>, fools?: Row['fools']): Row =>
  row(name, (forge) => forge.token({}, members(forge)), fools)

const places: [name: string, place: (forge: Forge) => string][] = [
  ['a listener on loopback', ({ lure }) => `${lure.origin}/jwks.json`],
  ['a listener, without a scheme', ({ lure }) => lure.origin.replace('http:', '')],
  ['a listener by an encoded address', ({ lure }) => lure.origin.replace('127.0.0.1', '2130706433')],
  ['https', () => 'https://evil.test/jwks.json'],
  ['a file', () => 'file:///etc/passwd'],
  ['data:', () => 'data:application/json,%7B%22keys%22%3A%5B%5D%7D'],
  ['our own key set', ({ claims }) => `${claims().iss}/.well-known/jwks.json`],
  [
    'our own refresh, as an open redirect',
    ({ claims, lure }) => `${claims().iss}/api/auth/refresh?next=${lure.origin}`,
  ],
]

const kids: [row: string, kid: unknown, secret: string][] = [
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

const attackerJwk = async () => {
  const attacker = await openForge()
  const { x, y } = attacker.jwk
  return { attacker, jwk: { kty: 'EC', crv: 'P-256', x, y } }
}
/** A token of the attacker's own key that brings something along to prove it. */
const brought = (
  name: string,
  members: (jwk: object, forge: Forge) => Record<string, unknown>,
  fools?: Row['fools'],
): Row =>
  row(
    name,
    async (forge) => {
      const { attacker, jwk } = await attackerJwk()
      return attacker.sign(JSON.stringify({ ...attacker.header, ...members(jwk, forge) }), forge.payload())
    },
    fools,
  )

const rows: Row[] = [
  brought('B01 an embedded jwk that signed the token, under a kid of its own', (jwk) => ({ jwk }), 'embeddedKey'),
  brought('B01 an embedded jwk that signed the token, under our kid', (jwk, { kid }) => ({ jwk, kid }), 'embeddedKey'),
  brought('B01 a public key in the kid', (jwk) => ({ kid: JSON.stringify(jwk) })),
  brought(
    "B02 the attacker's token with a jku to a listener",
    (_, { lure }) => ({ jku: `${lure.origin}/jwks.json` }),
    'fetchesKeys',
  ),
  ...places.flatMap(([name, place]) => [
    carried(`B02 a good token with a jku to ${name}`, (forge) => ({ jku: place(forge) }), 'jose'),
    carried(`B03 a good token with an x5u to ${name}`, (forge) => ({ x5u: place(forge) }), 'jose'),
  ]),
  carried('B03 x5c', () => ({ x5c: ['MIIB'] }), 'jose'),
  carried('B03 x5t', () => ({ x5t: 'AAAA' }), 'jose'),
  carried('B03 x5t#S256', () => ({ 'x5t#S256': 'AAAA' }), 'jose'),
  carried('B04 a good token that merely carries jwk', ({ jwk }) => ({ jwk }), 'jose'),
  ...kids.map(([name, kid, secret]) =>
    row(
      `${name} kid ${JSON.stringify(kid).slice(0, 50)}`,
      (forge) => signHmac(256, utf8(secret), JSON.stringify({ ...forge.header, alg: 'HS256', kid }), forge.payload()),
      'decodeOnly',
    ),
  ),
  ...kids.map(([name, kid]) =>
    row(`${name} kid ${JSON.stringify(kid).slice(0, 50)}, signed by us`, (forge) => forge.token({}, { kid }), 'jose'),
  ),
  row('B06 kid of 2 KB', (forge) => forge.token({}, { kid: 'k'.repeat(2_048) }), 'jose'),
  row('B06 kid of 10 KB', (forge) => forge.token({}, { kid: 'k'.repeat(10_240) }), 'jose'),
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'get', 'size'].map((kid) =>
    row(
      `B08 kid ${kid}`,
      (forge) => forge.sign(`{"alg":"ES256","typ":"at+jwt","kid":"${kid}"}`, forge.payload()),
      'jose',
    ),
  ),
  carried('B09 an unknown kid', () => ({ kid: 'unknown' }), 'jose'),
  carried('B09 no kid', () => ({ kid: undefined }), 'jose'),
  carried('B09 a kid of null', () => ({ kid: null }), 'jose'),
  carried('B09 our kid and one letter more', ({ kid }) => ({ kid: `${kid}x` }), 'jose'),
  carried('B10 crit with an extension that nobody knows', () => ({ crit: ['x'], x: 1 })),
  carried('B11 an empty crit', () => ({ crit: [] })),
  carried('B11 crit as a string', () => ({ crit: 'exp' })),
  carried('B11 crit of a claim', () => ({ crit: ['exp'] })),
  carried('B11 crit of alg', () => ({ crit: ['alg'] })),
  carried('B12 b64 false with crit, payload encoded', () => ({ b64: false, crit: ['b64'] })),
  row('B12 b64 false with crit, payload raw', (forge) => {
    const [head] = [Buffer.from(JSON.stringify({ ...forge.header, b64: false, crit: ['b64'] })).toString('base64url')]
    return forge.signSpelled(`${head}.${forge.payload().replaceAll('.', '')}`)
  }),
  carried('B13 b64 true without crit', () => ({ b64: true }), 'jose'),
  carried('B13 b64 false without crit', () => ({ b64: false }), 'jose'),
  carried('B13 zip', () => ({ zip: 'DEF' }), 'jose'),
  carried('B14 typ JWT', () => ({ typ: 'JWT' }), 'joseBare'),
  carried('B14 no typ', () => ({ typ: undefined }), 'joseBare'),
  carried('B14 typ at+JWT', () => ({ typ: 'at+JWT' }), 'jose'),
  carried('B14 typ application/at+jwt', () => ({ typ: 'application/at+jwt' }), 'jose'),
  carried('B14 typ at+jwt with a space', () => ({ typ: 'at+jwt ' }), 'joseBare'),
  carried('B14 typ rt+jwt', () => ({ typ: 'rt+jwt' }), 'joseBare'),
  carried('B14 typ as an array', () => ({ typ: ['at+jwt'] }), 'joseBare'),
  carried('B15 cty JWT', () => ({ cty: 'JWT' }), 'jose'),
  row('B15 a nested token as payload', async (forge) => forge.sign(JSON.stringify(forge.header), await forge.token())),
]

testRows(rows)

test('B02, B03 nothing that a token names is called, not even later', async ({ standing }) => {
  const { lure } = standing.forge
  const before = lure.calls()
  for (const each of rows.filter(({ name }) => /^B0[123] /.test(name)))
    expect(await flawsOf(each, standing)).toEqual([])
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  expect(lure.calls()).toBe(before)
})

test('B09 a storm of unknown kids asks our own key set at most once in ten seconds', async ({ standing }) => {
  const unknown = Array.from({ length: 100 }, (_, i) => row('B09', (forge) => forge.token({}, { kid: `unknown-${i}` })))
  const start = performance.now()
  for (const each of unknown) expect(await flawsOf(each, standing)).toEqual([])
  expect(performance.now() - start).toBeLessThan(20_000)
  expect(
    await flawsOf(
      row('good', (forge) => forge.token(), undefined, 'accepted'),
      standing,
    ),
  ).toEqual([])
})

test('B05, B06 no kid reaches the file system or the database: the log tells of no error', async ({
  standing,
  app,
}) => {
  for (const each of rows.filter(({ name }) => /^B0[567] /.test(name))) await flawsOf(each, standing)
  expect(app.output()).not.toMatch(/SQLITE|ENOENT|EACCES|SqliteError|"level":(50|60)/)
})
