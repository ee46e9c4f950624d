// Attacks on the JSON parser, signed so that only the text is wrong: catalogue 2.C, C12–C22.
import { joined, type Raw, utf8 } from '../../forging'
import { type Attack, atTheDoor, attack } from '../attack'
import type { Signer } from '../token-forge'

/** A payload that is no JSON object, or not one that we read. */
const body = (
  name: string,
  answer: Attack['answer'],
  raw: Raw | ((payload: string, signer: Signer) => Raw),
  ...fools: Attack['fools']
) =>
  attack(
    name,
    answer,
    (signer) =>
      signer.sign(JSON.stringify(signer.header), typeof raw === 'function' ? raw(signer.payload(), signer) : raw),
    ...fools,
  )
const header = (name: string, text: (signer: Signer) => Raw, ...fools: Attack['fools']) =>
  attack(name, 'malformed', (signer) => signer.sign(text(signer), signer.payload()), ...fools)

const wide = (text: string, width: 2 | 4) =>
  new Uint8Array([...text].flatMap((character) => [character.charCodeAt(0), ...new Array<number>(width - 1).fill(0)]))
const bom = new Uint8Array([0xef, 0xbb, 0xbf])
export const more = (members: string) => (payload: string) => `${payload.slice(0, -1)},${members}}`
const bytesIn =
  (...bytes: number[]) =>
  (payload: string) =>
    joined(utf8(`${payload.slice(0, -1)},"x":"`), new Uint8Array(bytes), utf8('"}'))
const levels = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`

/** A good token but for its length. */
const sized = async (signer: Signer, least: number, most: number): Promise<string> => {
  const { length } = await signer.token({ x: '' })
  for (let room = Math.floor(((least - length) * 3) / 4) - 4; ; room++) {
    const token = await signer.token({ x: 'y'.repeat(room) })
    if (token.length > most) throw new Error('no token has that length')
    if (token.length >= least) return token
  }
}

export const parsingAttacks: Attack[] = [
  body('C12 an empty payload', 'malformed', ''),
  body('C12 the payload {}', 'iss', '{}'),
  ...['[]', '[{}]', '"x"', 'null', '1', 'true', '   ', '{', '{}{}'].map((text) =>
    body(`C12 the payload ${text}`, 'malformed', text),
  ),
  atTheDoor(body('C12 2 MB of spaces', 'too_large', ' '.repeat(2_000_000))),
  attack('C13 4096 bytes', 'accepted', (signer) => sized(signer, 4093, 4096)),
  attack('C13 4097 bytes', 'too_large', (signer) => sized(signer, 4097, 4100), 'jose'),
  body('C13 8 KB', 'too_large', more(`"x":"${'y'.repeat(6_000)}"`), 'jose'),
  atTheDoor(body('C13 16 KB', 'too_large', more(`"x":"${'y'.repeat(12_000)}"`), 'jose')),
  atTheDoor(body('C13 5 MB', 'too_large', more(`"x":"${'y'.repeat(3_900_000)}"`), 'jose')),
  attack('C14 4096 dots', 'malformed', () => '.'.repeat(4096)),
  attack('C14 10,000 dots', 'too_large', () => '.'.repeat(10_000)),
  body('C14 1,000 nested levels', 'malformed', levels(1_000)),
  body('C14 4,000 nested levels', 'too_large', levels(4_000)),
  atTheDoor(body('C14 10,000 nested levels', 'too_large', levels(10_000))),
  body('C14 1,000 nested levels in a claim that nobody reads', 'accepted', more(`"x":${levels(1_000)}`)),
  body('C15 a comment', 'malformed', more('/* x */"x":1')),
  body('C15 a line comment', 'malformed', (payload) => `${payload}// x`),
  body('C15 a trailing comma', 'malformed', (payload) => `${payload.slice(0, -1)},}`),
  body('C15 single quotes', 'malformed', (payload) => payload.replaceAll('"', "'")),
  body('C15 NaN', 'malformed', more('"x":NaN')),
  body('C15 an unquoted name', 'malformed', more('x:1')),
  body('C15 a raw lone surrogate', 'malformed', bytesIn(0xed, 0xa0, 0x80), 'decodeOnly'),
  body(
    'C15 an escaped lone surrogate in an id',
    'claims',
    (payload) => payload.replace(/"jti":"[^"]+"/, '"jti":"\\ud800"'),
    'jose',
  ),
  body('C16 invalid UTF-8 in a claim', 'malformed', bytesIn(0xff), 'decodeOnly'),
  body('C16 an overlong encoding in a claim', 'malformed', bytesIn(0xc0, 0xaf), 'decodeOnly'),
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
  header('C17 a header with a BOM', (signer) => joined(bom, utf8(JSON.stringify(signer.header))), 'jose'),
  header('C17 a header that is an array', (signer) => JSON.stringify([signer.header])),
  header('C17 a header in UTF-16', (signer) => wide(JSON.stringify(signer.header), 2)),
  body('C18 sub twice', 'malformed', (payload, { claims }) => more(`"sub":"${claims().sub}"`)(payload), 'jose'),
  body('C18 exp twice', 'malformed', (payload) => `{"exp":1,${payload.slice(1)}`, 'jose'),
  body('C18 sub and s\\u0075b', 'malformed', (payload) => `{"s\\u0075b":"admin",${payload.slice(1)}`, 'jose'),
  body('C18 a member twice in a nested object', 'malformed', more('"x":{"y":[{"a":1,"b":{},"a":2}]}'), 'jose'),
  body('C18 equal names with a space before the colon', 'malformed', more('"x":1,"x" \n:2'), 'jose'),
  body(
    'C18 equal names in different objects are no duplicates',
    'accepted',
    more('"x":{"sub":"a"},"y":[{"sub":"b"},{"sub":"c"}]'),
  ),
  body(
    'C18 a value that looks like a name is no duplicate',
    'accepted',
    more('"x":"sub","y":["sub","sub"],"z":"\\"sub\\":"'),
  ),
  body('C19 a BOM before the payload', 'malformed', (payload) => joined(bom, utf8(payload)), 'jose'),
  body('C20 a payload in UTF-16', 'malformed', (payload) => wide(payload, 2)),
  body('C20 a payload in UTF-32', 'malformed', (payload) => wide(payload, 4)),
  body(
    'C21 __proto__ and constructor claims are dropped',
    'accepted',
    more('"__proto__":{"roles":["admin"]},"constructor":{"prototype":{"admin":true}}'),
    'jose',
  ),
  body('C21 __proto__ twice', 'malformed', more('"__proto__":1,"__proto__":2')),
  body(
    'C22 claim names in another case are ignored',
    'accepted',
    more('"Sub":"admin","SUB":"admin","Roles":["admin"],"role":"admin"'),
    'jose',
  ),
  body(
    'C22 claim names in another case do not stand in',
    'claims',
    (payload) => payload.replace('"sub"', '"Sub"'),
    'jose',
  ),
  body(
    'C22 a claim that is inherited does not stand in',
    'claims',
    (payload, { claims }) => payload.replace('"sub":', `"__proto__":{"sub":"${claims().sub}"},"Sub":`),
    'jose',
  ),
]
