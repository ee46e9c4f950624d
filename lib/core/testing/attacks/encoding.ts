// Attacks on the encoding: catalogue 2.C, C01–C11.
import { partsOf, segment, utf8 } from '../../forging'
import { type Attack, atTheDoor, attack } from '../attack'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Other spellings of the same bytes: the last character with its unused bits set. `spare` is 2 or 4. */
const spellings = (text: string, spare: 2 | 4): string[] => {
  const last = alphabet.indexOf(text.slice(-1))
  return Array.from({ length: 2 ** spare - 1 }, (_, i) => `${text.slice(0, -1)}${alphabet[last ^ (i + 1)]}`)
}

/** Pads JSON with spaces until its base64url ends in a character with `spare` unused bits. */
const padded = (json: string, spare: 2 | 4) => {
  let text = json
  while (utf8(text).length % 3 !== (spare === 4 ? 1 : 2)) text += ' '
  return text
}
const stray = (json: string, spare: 2 | 4) => `${spellings(segment(padded(json, spare)), spare)[0]}`

type Respell = (h: string, p: string, s: string) => string
/** A good token in another spelling. */
export const respelled = (name: string, change: Respell, ...fools: Attack['fools']): Attack =>
  attack(name, 'malformed', async (signer) => change(...partsOf(await signer.token())), ...fools)

/** Header and payload in another spelling, signed so. */
const signedSpelling = (
  name: string,
  change: (headerJson: string, payloadJson: string) => string,
  ...fools: Attack['fools']
) =>
  attack(
    name,
    'malformed',
    (signer) => signer.signSpelled(change(JSON.stringify(signer.header), signer.payload())),
    ...fools,
  )

const inside = (text: string, character: string, at: number) => `${text.slice(0, at)}${character}${text.slice(at)}`

/** Raw, and whether a header may hold it. */
const whitespace: [name: string, character: string, inHeader: boolean][] = [
  ['space', ' ', true],
  ['tab', '\t', true],
  ['LF', '\n', false],
  ['CR', '\r', false],
]
/** As a cookie may carry it, from one who hopes that somebody decodes. */
const encoded: [name: string, text: string][] = [
  ['an encoded space', '%20'],
  ['an encoded tab', '%09'],
  ['an encoded LF', '%0a'],
  ['an encoded CR', '%0d'],
  ['an encoded NUL', '%00'],
]
const strangers: [name: string, text: string][] = [
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
const breakers: [name: string, text: string][] = [
  ['NUL', '\u0000'],
  ['a bare CR', '\r'],
  ['DEL', '\u007f'],
  ['VT', '\u000b'],
  ['FF', '\u000c'],
  ['a line end', '\r\n'],
]
const strange = ([name, text]: [string, string]): Attack[] => [
  respelled(`C08 ${name} in the header`, (h, p, s) => `${inside(h, text, 5)}.${p}.${s}`),
  respelled(`C08 ${name} in the payload`, (h, p, s) => `${h}.${inside(p, text, 5)}.${s}`),
  respelled(`C08 ${name} in the signature`, (h, p, s) => `${h}.${p}.${inside(s, text, 5)}`),
]

export const spellingAttacks: Attack[] = [
  ...encoded.flatMap(([name, text]) => [
    respelled(`C01 ${name} after the signature`, (h, p, s) => `${h}.${p}.${s}${text}`),
    respelled(`C01 ${name} before the token`, (h, p, s) => `${text}${h}.${p}.${s}`),
    respelled(`C02 ${name} inside the signature`, (h, p, s) => `${h}.${p}.${inside(s, text, 9)}`),
  ]),
  ...whitespace.flatMap(([name, character, inHeader]) =>
    [
      respelled(`C02 ${name} inside the signature`, (h, p, s) => `${h}.${p}.${inside(s, character, 9)}`, 'jose'),
      signedSpelling(
        `C07 ${name} inside the header, signed`,
        (header, payload) => `${inside(segment(header), character, 8)}.${segment(payload)}`,
        'jose',
      ),
      signedSpelling(
        `C07 ${name} inside the payload, signed`,
        (header, payload) => `${segment(header)}.${inside(segment(payload), character, 8)}`,
        'jose',
      ),
    ].map((row) => (inHeader ? row : atTheDoor(row))),
  ),
  respelled('C03 = after the signature', (h, p, s) => `${h}.${p}.${s}=`),
  respelled('C03 == after the signature', (h, p, s) => `${h}.${p}.${s}==`, 'jose'),
  respelled('C03 %3D after the signature', (h, p, s) => `${h}.${p}.${s}%3D`),
  respelled('C03 %3D%3D after the signature', (h, p, s) => `${h}.${p}.${s}%3D%3D`),
  ...Array.from({ length: 15 }, (_, i) =>
    respelled(
      `C04 spelling ${i + 1} of the signature's last character`,
      (h, p, s) => `${h}.${p}.${spellings(s, 4)[i]}`,
      'jose',
    ),
  ),
  ...([2, 4] as const).flatMap((spare) => [
    signedSpelling(
      `C05 a last character of the header with ${spare} stray bits, signed`,
      (header, payload) => `${stray(header, spare)}.${segment(payload)}`,
      'jose',
    ),
    signedSpelling(
      `C05 a last character of the payload with ${spare} stray bits, signed`,
      (header, payload) => `${segment(header)}.${stray(payload, spare)}`,
      'jose',
    ),
  ]),
  signedSpelling('C06 the standard alphabet', (header, payload) => {
    const body = segment(`${payload.slice(0, -1)},"x":"???>>>"}`)
    return `${segment(header)}.${body.replaceAll('-', '+').replaceAll('_', '/')}`
  }),
  ...strangers.flatMap(strange),
  ...breakers.flatMap(strange).map(atTheDoor),
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
