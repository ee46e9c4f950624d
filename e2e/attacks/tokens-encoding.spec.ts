// Attacks on encoding and parsing, over HTTP: catalogue 2.C. Bytes go into the Cookie header as they are.
import { joined, partsOf, segment, utf8 } from '../../lib/core/testing/token-forge'
import { expect, type Forge, test } from '../fixtures/standing'
import { type Outcome, type Row, row, testRows } from '../fixtures/token-table'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Other spellings of the same bytes: the last character with its unused bits set. `spare` is 2 or 4. */
const spellings = (text: string, spare: 2 | 4): string[] => {
  const last = alphabet.indexOf(text.slice(-1))
  return Array.from({ length: 2 ** spare - 1 }, (_, i) => `${text.slice(0, -1)}${alphabet[last ^ (i + 1)]}`)
}

type Respell = (h: string, p: string, s: string) => string
const respelled = (name: string, change: Respell, fools?: Row['fools'], outcome?: Outcome): Row =>
  row(name, async (forge) => change(...partsOf(await forge.token())), fools, outcome)

const head = (forge: Forge) => segment(JSON.stringify(forge.header))

/** In a cookie whitespace travels percent-encoded; a raw line end is the end of the header. */
const whitespace: [string, string][] = [
  ['a space', '%20'],
  ['a tab', '%09'],
  ['LF', '%0a'],
  ['CR', '%0d'],
  ['NUL', '%00'],
]
const strangers: [string, string][] = [
  ['?', '?'],
  ['#', '#'],
  ['%', '%'],
  ['%zz', '%zz'],
  ['U+00A0', '\u00a0'],
  ['U+200B', '\u200b'],
  ['full-width A', '\uff21'],
  ['a letter with an accent', '\u00e9'],
  ['BOM', '\ufeff'],
  ['a comma', ','],
  ['a quote', '"'],
  ['a backslash', '\\'],
  ['a raw space', ' '],
  ['a raw tab', '\t'],
]
const breakers: [string, string][] = [
  ['NUL', '\u0000'],
  ['a bare CR', '\r'],
  ['DEL', '\u007f'],
  ['VT', '\u000b'],
  ['FF', '\u000c'],
]

/** Pads JSON with spaces until its base64url ends in a character with `spare` unused bits. */
const padded = (json: string, spare: 2 | 4) => {
  let text = json
  while (utf8(text).length % 3 !== (spare === 4 ? 1 : 2)) text += ' '
  return text
}

const spelling: Row[] = [
  ...whitespace.flatMap(([name, character]) => [
    respelled(`C01 ${name} after the signature`, (h, p, s) => `${h}.${p}.${s}${character}`),
    respelled(`C01 ${name} before the token`, (h, p, s) => `${character}${h}.${p}.${s}`),
    respelled(`C02 ${name} inside the signature`, (h, p, s) => `${h}.${p}.${s.slice(0, 9)}${character}${s.slice(9)}`),
  ]),
  respelled('C02 a raw space inside the signature', (h, p, s) => `${h}.${p}.${s.slice(0, 9)} ${s.slice(9)}`, 'jose'),
  respelled('C02 a raw tab inside the signature', (h, p, s) => `${h}.${p}.${s.slice(0, 9)}\t${s.slice(9)}`, 'jose'),
  respelled(
    'C01 raw spaces around the token are padding of the header (RFC 9110 §5.5)',
    (h, p, s) => ` \t${h}.${p}.${s} \t`,
    undefined,
    'accepted',
  ),
  respelled('C03 = after the signature', (h, p, s) => `${h}.${p}.${s}=`),
  respelled('C03 == after the signature', (h, p, s) => `${h}.${p}.${s}==`, 'jose'),
  respelled('C03 %3D%3D after the signature', (h, p, s) => `${h}.${p}.${s}%3D%3D`),
  ...Array.from({ length: 15 }, (_, i) =>
    respelled(
      `C04 spelling ${i + 1} of the signature's last character`,
      (h, p, s) => `${h}.${p}.${spellings(s, 4)[i]}`,
      'jose',
    ),
  ),
  ...([2, 4] as const).flatMap((spare) => [
    row(
      `C05 a last character of the header with ${spare} stray bits, signed`,
      (forge) =>
        forge.signSpelled(
          `${spellings(segment(padded(JSON.stringify(forge.header), spare)), spare)[0]}.${segment(forge.payload())}`,
        ),
      'jose',
    ),
    row(
      `C05 a last character of the payload with ${spare} stray bits, signed`,
      (forge) => forge.signSpelled(`${head(forge)}.${spellings(segment(padded(forge.payload(), spare)), spare)[0]}`),
      'jose',
    ),
  ]),
  row('C06 the standard alphabet', (forge) =>
    forge.signSpelled(
      `${head(forge)}.${segment(JSON.stringify({ ...forge.claims(), x: '???>>>' }))
        .replaceAll('-', '+')
        .replaceAll('_', '/')}`,
    ),
  ),
  row(
    'C07 a space inside the header, signed',
    (forge) => forge.signSpelled(`${head(forge).slice(0, 8)} ${head(forge).slice(8)}.${segment(forge.payload())}`),
    'jose',
  ),
  row('C07 a space inside the payload, signed', (forge) => {
    const body = segment(forge.payload())
    return forge.signSpelled(`${head(forge)}.${body.slice(0, 8)} ${body.slice(8)}`)
  }),
  ...strangers.flatMap(([name, character]) => [
    respelled(`C08 ${name} in the header`, (h, p, s) => `${h.slice(0, 5)}${character}${h.slice(5)}.${p}.${s}`),
    respelled(`C08 ${name} in the payload`, (h, p, s) => `${h}.${p.slice(0, 5)}${character}${p.slice(5)}.${s}`),
    respelled(`C08 ${name} in the signature`, (h, p, s) => `${h}.${p}.${s.slice(0, 5)}${character}${s.slice(5)}`),
  ]),
  ...breakers.map(([name, character]) =>
    respelled(
      `C08 a raw ${name} in the payload`,
      (h, p, s) => `${h}.${p.slice(0, 5)}${character}${p.slice(5)}.${s}`,
      undefined,
      'at the door',
    ),
  ),
  respelled(
    'C08 a line end in the payload',
    (h, p, s) => `${h}.${p.slice(0, 5)}\r\n${p.slice(5)}.${s}`,
    undefined,
    'at the door',
  ),
  respelled('C09 Bearer before the token', (...parts) => `Bearer ${parts.join('.')}`),
  respelled('C09 two tokens with a comma', (...parts) => `${parts.join('.')},${parts.join('.')}`),
  respelled('C09 a quoted token', (...parts) => `"${parts.join('.')}"`),
  respelled('C10 the flattened JSON serialisation', (h, p, s) =>
    JSON.stringify({ payload: p, protected: h, signature: s }),
  ),
  respelled('C10 the general JSON serialisation, escaped', (h, p, s) =>
    encodeURIComponent(JSON.stringify({ payload: p, signatures: [{ protected: h, signature: s }] })),
  ),
  respelled('C10 the general JSON serialisation with a second, unsigned payload', (h, p, s) =>
    JSON.stringify({ payload: p, payload2: segment('{"sub":"admin"}'), signatures: [{ protected: h, signature: s }] }),
  ),
  // The cookie reader decodes nothing, so that one session has one spelling here.
  respelled('C11 percent-encoded letters', (h, p, s) => `%65${h.slice(1)}.${p}.${s}`),
  respelled('C11 percent-encoded dots', (...parts) => parts.join('%2e')),
]

/** A payload that is no JSON object, or not one that we read. */
const body = (
  name: string,
  raw: string | Uint8Array | ((payload: string, forge: Forge) => string | Uint8Array),
  fools?: Row['fools'],
  outcome?: Outcome,
) =>
  row(
    name,
    (forge) => forge.sign(JSON.stringify(forge.header), typeof raw === 'function' ? raw(forge.payload(), forge) : raw),
    fools,
    outcome,
  )
const header = (name: string, text: (forge: Forge) => string | Uint8Array, fools?: Row['fools']) =>
  row(name, (forge) => forge.sign(text(forge), forge.payload()), fools)

const wide = (text: string, width: 2 | 4) =>
  new Uint8Array([...text].flatMap((character) => [character.charCodeAt(0), ...new Array<number>(width - 1).fill(0)]))
const bom = new Uint8Array([0xef, 0xbb, 0xbf])
const more = (members: string) => (payload: string) => `${payload.slice(0, -1)},${members}}`
const bytesIn =
  (...bytes: number[]) =>
  (payload: string) =>
    joined(utf8(`${payload.slice(0, -1)},"x":"`), new Uint8Array(bytes), utf8('"}'))

/** A good token but for its length. */
const sized = async (forge: Forge, least: number, most: number): Promise<string> => {
  for (let room = 2_000; ; room++) {
    const token = await forge.token({ x: 'y'.repeat(room) })
    if (token.length > most) throw new Error('no token has that length')
    if (token.length >= least) return token
  }
}

const parsing: Row[] = [
  body('C12 an empty payload', ''),
  ...['{}', '[]', '[{}]', '"x"', 'null', '1', 'true', '   ', '{', '{}{}'].map((text) =>
    body(`C12 the payload ${text}`, text),
  ),
  body('C12 2 MB of spaces', ' '.repeat(2_000_000), undefined, 'at the door'),
  row('C13 4096 bytes', (forge) => sized(forge, 4093, 4096), undefined, 'accepted'),
  row('C13 4097 bytes', (forge) => sized(forge, 4097, 4100), 'jose'),
  body('C13 8 KB', more(`"x":"${'y'.repeat(6_000)}"`), 'jose'),
  body('C13 16 KB', more(`"x":"${'y'.repeat(12_000)}"`), undefined, 'at the door'),
  body('C13 5 MB', more(`"x":"${'y'.repeat(3_900_000)}"`), undefined, 'at the door'),
  row('C14 4096 dots', () => '.'.repeat(4096)),
  row('C14 10,000 dots', () => '.'.repeat(10_000)),
  body('C14 1,000 nested levels', `${'['.repeat(1_000)}${']'.repeat(1_000)}`),
  body('C14 4,000 nested levels', `${'['.repeat(4_000)}${']'.repeat(4_000)}`),
  body(
    'C14 1,000 nested levels in a claim that nobody reads',
    more(`"x":${'['.repeat(1_000)}${']'.repeat(1_000)}`),
    undefined,
    'accepted',
  ),
  body('C15 a comment', more('/* x */"x":1')),
  body('C15 a line comment', (payload) => `${payload}// x`),
  body('C15 a trailing comma', (payload) => `${payload.slice(0, -1)},}`),
  body('C15 single quotes', (payload) => payload.replaceAll('"', "'")),
  body('C15 NaN', more('"x":NaN')),
  body('C15 an unquoted name', more('x:1')),
  body('C15 a raw lone surrogate', bytesIn(0xed, 0xa0, 0x80), 'decodeOnly'),
  body(
    'C15 an escaped lone surrogate in an id',
    (payload) => payload.replace(/"jti":"[^"]+"/, '"jti":"\\ud800"'),
    'jose',
  ),
  body('C16 invalid UTF-8 in a claim', bytesIn(0xff), 'decodeOnly'),
  body('C16 an overlong encoding in a claim', bytesIn(0xc0, 0xaf), 'decodeOnly'),
  header(
    'C17 alg twice in the header',
    ({ kid }) => `{"alg":"none","alg":"ES256","typ":"at+jwt","kid":"${kid}"}`,
    'jose',
  ),
  header(
    'C17 kid twice, once escaped',
    ({ kid }) => `{"alg":"ES256","typ":"at+jwt","k\\u0069d":"x","kid":"${kid}"}`,
    'jose',
  ),
  header('C17 a header with a BOM', (forge) => joined(bom, utf8(JSON.stringify(forge.header))), 'jose'),
  header('C17 a header that is an array', (forge) => JSON.stringify([forge.header])),
  header('C17 a header in UTF-16', (forge) => wide(JSON.stringify(forge.header), 2)),
  body('C18 sub twice', (payload, { claims }) => more(`"sub":"${claims().sub}"`)(payload), 'jose'),
  body('C18 exp twice', (payload) => `{"exp":1,${payload.slice(1)}`, 'jose'),
  body('C18 sub and s\\u0075b', (payload) => `{"s\\u0075b":"admin",${payload.slice(1)}`, 'jose'),
  body('C18 a member twice in a nested object', more('"x":{"y":[{"a":1,"b":{},"a":2}]}'), 'jose'),
  body(
    'C18 equal names in different objects are no duplicates',
    more('"x":{"sub":"a"},"y":[{"sub":"b"},{"sub":"c"}]'),
    undefined,
    'accepted',
  ),
  body('C19 a BOM before the payload', (payload) => joined(bom, utf8(payload)), 'jose'),
  body('C20 a payload in UTF-16', (payload) => wide(payload, 2)),
  body('C20 a payload in UTF-32', (payload) => wide(payload, 4)),
  body(
    'C21 __proto__ and constructor claims are dropped',
    more('"__proto__":{"roles":["admin"]},"constructor":{"prototype":{"admin":true}}'),
    undefined,
    'accepted',
  ),
  body('C21 __proto__ twice', more('"__proto__":1,"__proto__":2')),
  body(
    'C22 claim names in another case are ignored',
    more('"Sub":"admin","SUB":"admin","Roles":["admin"],"role":"admin"'),
    undefined,
    'accepted',
  ),
  body('C22 claim names in another case do not stand in', (payload) => payload.replace('"sub"', '"Sub"'), 'jose'),
  body(
    'C22 a claim that is inherited does not stand in',
    (payload, { claims }) => payload.replace('"sub":', `"__proto__":{"sub":"${claims().sub}"},"Sub":`),
    'jose',
  ),
]

test.describe('attacks on the spelling', () => testRows(spelling))
test.describe('attacks on the parser', () => testRows(parsing))

test('C21 claims about prototypes leave no trace: the next visitor without a session is nobody', async ({
  standing,
  client,
}) => {
  const { forge } = standing
  const token = await forge.sign(
    JSON.stringify(forge.header),
    more('"__proto__":{"ok":true,"roles":["admin"]},"constructor":{"prototype":{"ok":true}}')(forge.payload()),
  )
  client.cookies.set('handstamp-at', token)
  expect(await client.get('/api/auth/session')).toMatchObject({ status: 200, json: { user: { roles: ['user'] } } })
  client.cookies.clear()
  expect((await client.get('/api/auth/session')).status).toBe(401)
})
