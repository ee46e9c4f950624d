// @vitest-environment edge-runtime
// Attacks on encoding and parsing: catalogue 2.C.
import { describe, expect, test } from 'vitest'
import { type Attack, attack, testAttacks } from './testing/attack-table'
import { expected, type Forge, goodClaims, joined, now, openForge, partsOf, segment, utf8 } from './testing/token-forge'
import { verifyAccessToken } from './token'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const payload = JSON.stringify(goodClaims)

/** Other spellings of the same bytes: the last character with its unused bits set. `spare` is 2 or 4. */
const spellings = (text: string, spare: 2 | 4): string[] => {
  const last = alphabet.indexOf(text.slice(-1))
  return Array.from({ length: 2 ** spare - 1 }, (_, i) => `${text.slice(0, -1)}${alphabet[last ^ (i + 1)]}`)
}

const respelled = (name: string, change: (parts: [string, string, string]) => string, fools?: Attack['fools']) =>
  attack(name, 'malformed', async (forge) => change(partsOf(await forge.token())), fools)

const whitespace: [string, string][] = [
  ['space', ' '],
  ['tab', '\t'],
  ['LF', '\n'],
  ['CR', '\r'],
]
const strangers: [string, string][] = [
  ['?', '?'],
  ['#', '#'],
  ['%', '%'],
  ['NUL', '\u0000'],
  ['U+00A0', '\u00a0'],
  ['U+200B', '\u200b'],
  ['full-width A', '\uff21'],
  ['an 8-bit byte', '\u00e9'],
  ['BOM', '\ufeff'],
]
/** Pads JSON with spaces until its base64url ends in a character with `spare` unused bits. */
const padded = (json: string, spare: 2 | 4) => {
  let text = json
  while (utf8(text).length % 3 !== (spare === 4 ? 1 : 2)) text += ' '
  return text
}

const spelling: Attack[] = [
  ...whitespace.flatMap(([name, character]) => [
    respelled(`C01 ${name} after the signature`, ([h, p, s]) => `${h}.${p}.${s}${character}`, 'jose'),
    respelled(
      `C02 ${name} inside the signature`,
      ([h, p, s]) => `${h}.${p}.${s.slice(0, 9)}${character}${s.slice(9)}`,
      'jose',
    ),
    respelled(`C01 ${name} before the token`, ([h, p, s]) => `${character}${h}.${p}.${s}`),
    attack(
      `C07 ${name} inside the header, signed`,
      'malformed',
      (forge) => {
        const head = segment(JSON.stringify(forge.header))
        return forge.signSpelled(`${head.slice(0, 8)}${character}${head.slice(8)}.${segment(payload)}`)
      },
      'jose',
    ),
    attack(
      `C07 ${name} inside the payload, signed`,
      'malformed',
      (forge) => {
        const body = segment(payload)
        return forge.signSpelled(
          `${segment(JSON.stringify(forge.header))}.${body.slice(0, 8)}${character}${body.slice(8)}`,
        )
      },
      'jose',
    ),
  ]),
  respelled('C03 = after the signature', ([h, p, s]) => `${h}.${p}.${s}=`),
  respelled('C03 == after the signature', ([h, p, s]) => `${h}.${p}.${s}==`, 'jose'),
  respelled('C03 %3D after the signature', ([h, p, s]) => `${h}.${p}.${s}%3D`),
  ...Array.from({ length: 15 }, (_, i) =>
    respelled(
      `C04 spelling ${i + 1} of the signature's last character`,
      ([h, p, s]) => `${h}.${p}.${spellings(s, 4)[i]}`,
      'jose',
    ),
  ),
  ...([2, 4] as const).flatMap((spare) => [
    attack(
      `C05 a last character of the header with ${spare} stray bits, signed`,
      'malformed',
      (forge) =>
        forge.signSpelled(
          `${spellings(segment(padded(JSON.stringify(forge.header), spare)), spare)[0]}.${segment(payload)}`,
        ),
      'jose',
    ),
    attack(
      `C05 a last character of the payload with ${spare} stray bits, signed`,
      'malformed',
      (forge) =>
        forge.signSpelled(
          `${segment(JSON.stringify(forge.header))}.${spellings(segment(padded(payload, spare)), spare)[0]}`,
        ),
      'jose',
    ),
  ]),
  attack('C06 the standard alphabet', 'malformed', (forge) =>
    forge.signSpelled(
      `${segment(JSON.stringify(forge.header))}.${segment(JSON.stringify({ ...goodClaims, x: '???>>>' }))
        .replaceAll('-', '+')
        .replaceAll('_', '/')}`,
    ),
  ),
  ...strangers.flatMap(([name, character]) => [
    respelled(`C08 ${name} in the header`, ([h, p, s]) => `${h.slice(0, 5)}${character}${h.slice(5)}.${p}.${s}`),
    respelled(`C08 ${name} in the payload`, ([h, p, s]) => `${h}.${p.slice(0, 5)}${character}${p.slice(5)}.${s}`),
    respelled(`C08 ${name} in the signature`, ([h, p, s]) => `${h}.${p}.${s.slice(0, 5)}${character}${s.slice(5)}`),
  ]),
  respelled('C09 a scheme before the token', (parts) => `Bearer ${parts.join('.')}`),
  respelled('C09 two tokens with a comma', (parts) => `${parts.join('.')},${parts.join('.')}`),
  respelled('C09 a quoted token', (parts) => `"${parts.join('.')}"`),
  respelled('C10 the flattened JSON serialisation', ([h, p, s]) =>
    JSON.stringify({ payload: p, protected: h, signature: s }),
  ),
  respelled('C10 the general JSON serialisation, escaped', ([h, p, s]) =>
    encodeURIComponent(JSON.stringify({ payload: p, signatures: [{ protected: h, signature: s }] })),
  ),
  respelled('C11 percent-encoded letters', ([h, p, s]) => `%65${h.slice(1)}.${p}.${s}`),
]

/** A payload that is no JSON object, or not one that we read. */
const body = (
  name: string,
  raw: string | Uint8Array,
  answer: Attack['answer'] = 'malformed',
  fools?: Attack['fools'],
) => attack(name, answer, (forge) => forge.sign(JSON.stringify(forge.header), raw), fools)

const utf16 = (text: string) => new Uint8Array([...text].flatMap((character) => [character.charCodeAt(0), 0]))
const utf32 = (text: string) => new Uint8Array([...text].flatMap((character) => [character.charCodeAt(0), 0, 0, 0]))
const more = (members: string) => `${payload.slice(0, -1)},${members}}`
const header = (name: string, text: (forge: Forge) => string | Uint8Array, fools?: Attack['fools']) =>
  attack(name, 'malformed', (forge) => forge.sign(text(forge), payload), fools)

const parsing: Attack[] = [
  body('C12 an empty payload', ''),
  body('C12 no claims', '{}', 'iss'),
  ...['[]', '[{}]', '"x"', 'null', '1', 'true', '   ', '{', '{}{}'].map((text) =>
    body(`C12 the payload ${text}`, text),
  ),
  body('C12 2 MB of spaces', ' '.repeat(2_000_000), 'too_large'),
  body('C13 4097 bytes', more(`"x":"${'y'.repeat(2800)}"`), 'too_large', 'jose'),
  body('C13 8 KB', more(`"x":"${'y'.repeat(6000)}"`), 'too_large', 'jose'),
  body('C13 5 MB', more(`"x":"${'y'.repeat(3_900_000)}"`), 'too_large', 'jose'),
  attack('C14 10,000 dots', 'too_large', () => '.'.repeat(10_000)),
  attack('C14 4096 dots', 'malformed', () => '.'.repeat(4096)),
  body('C14 10,000 nested levels', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'too_large'),
  body('C14 1,000 nested levels', `${'['.repeat(1000)}${']'.repeat(1000)}`),
  body('C15 a comment', more('/* x */"x":1')),
  body('C15 a line comment', `${payload}// x`),
  body('C15 a trailing comma', `${payload.slice(0, -1)},}`),
  body('C15 single quotes', payload.replaceAll('"', "'")),
  body('C15 NaN', more('"x":NaN')),
  body('C15 an unquoted name', more('x:1')),
  body(
    'C15 a raw lone surrogate',
    joined(utf8(`${payload.slice(0, -1)},"x":"`), new Uint8Array([0xed, 0xa0, 0x80]), utf8('"}')),
  ),
  body('C15 an escaped lone surrogate in an id', payload.replace(goodClaims.jti, '\\ud800'), 'claims', 'jose'),
  body(
    'C16 invalid UTF-8 in a claim',
    joined(utf8(`${payload.slice(0, -1)},"x":"`), new Uint8Array([0xff]), utf8('"}')),
  ),
  body(
    'C16 an overlong encoding in a claim',
    joined(utf8(`${payload.slice(0, -1)},"x":"`), new Uint8Array([0xc0, 0xaf]), utf8('"}')),
  ),
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
  header(
    'C17 a header with a BOM',
    ({ header: members }) => joined(new Uint8Array([0xef, 0xbb, 0xbf]), utf8(JSON.stringify(members))),
    'jose',
  ),
  header('C17 a header that is an array', ({ header: members }) => JSON.stringify([members])),
  header('C17 a header in UTF-16', ({ header: members }) => utf16(JSON.stringify(members))),
  body('C18 sub twice', more(`"sub":"${goodClaims.sub}"`), 'malformed', 'jose'),
  body('C18 exp twice', `{"exp":1,${payload.slice(1)}`, 'malformed', 'jose'),
  body('C18 sub and s\\u0075b', `{"s\\u0075b":"admin",${payload.slice(1)}`, 'malformed', 'jose'),
  body('C18 a member twice in a nested object', more('"x":{"y":[{"a":1,"b":{},"a":2}]}'), 'malformed', 'jose'),
  body('C18 equal names with a space before the colon', more('"x":1,"x" \n:2'), 'malformed', 'jose'),
  body(
    'C18 equal names in different objects are no duplicates',
    more('"x":{"sub":"a"},"y":[{"sub":"b"},{"sub":"c"}]'),
    'accepted',
  ),
  body(
    'C18 a value that looks like a name is no duplicate',
    more('"x":"sub","y":["sub","sub"],"z":"\\"sub\\":"'),
    'accepted',
  ),
  body('C19 a BOM before the payload', joined(new Uint8Array([0xef, 0xbb, 0xbf]), utf8(payload)), 'malformed', 'jose'),
  body('C20 a payload in UTF-16', utf16(payload)),
  body('C20 a payload in UTF-32', utf32(JSON.stringify({ sub: goodClaims.sub, exp: goodClaims.exp }))),
  body(
    'C21 __proto__ and constructor claims are dropped',
    more('"__proto__":{"roles":["admin"]},"constructor":{"prototype":{"admin":true}}'),
    'accepted',
    'jose',
  ),
  body('C21 __proto__ twice', more('"__proto__":1,"__proto__":2'), 'malformed'),
  body(
    'C22 claim names in another case are ignored',
    more('"Sub":"admin","SUB":"admin","Roles":["admin"],"role":"admin"'),
    'accepted',
    'jose',
  ),
  body('C22 claim names in another case do not stand in', payload.replace('"sub"', '"Sub"'), 'claims', 'jose'),
  body(
    'C22 a claim that is inherited does not stand in',
    payload.replace('"sub":', '"__proto__":{"sub":"x"},"Sub":'),
    'claims',
    'jose',
  ),
]

describe('attacks on the spelling', () => testAttacks(spelling, openForge))
describe('attacks on the parser', () => testAttacks(parsing, openForge))

test('C13 a token of exactly 4096 bytes is read', async () => {
  const forge = await openForge()
  const empty = await forge.token({ x: '' })
  const room = 4096 - empty.length
  const token = await forge.token({ x: 'y'.repeat(Math.floor((room * 3) / 4)) })
  expect(token.length).toBeLessThanOrEqual(4096)
  expect(token.length).toBeGreaterThan(4090)
  expect(await verifyAccessToken(token, forge.keyring, expected, now)).toMatchObject({ ok: true })
})

test('C21 claims about prototypes change no prototype and come out nowhere', async () => {
  const forge = await openForge()
  const token = await forge.sign(
    JSON.stringify(forge.header),
    more('"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}'),
  )
  const verdict = await verifyAccessToken(token, forge.keyring, expected, now)
  expect(verdict).toEqual({ ok: true, claims: goodClaims, kid: forge.kid })
  expect('polluted' in {}).toBe(false)
})

test('C13, C14 what is too large or too deep is refused at once', async () => {
  const forge = await openForge()
  const huge = [
    '.'.repeat(10_000),
    'a'.repeat(5_000_000),
    `${'a'.repeat(2_000_000)}.b.c`,
    segment('['.repeat(3000)),
    '.'.repeat(4096),
  ]
  const start = performance.now()
  for (const token of huge) expect((await verifyAccessToken(token, forge.keyring, expected, now)).ok).toBe(false)
  expect(performance.now() - start).toBeLessThan(250)
})
