// Good tokens in another spelling, and text that two readers read differently: catalogue 2.C.
import { joined, partsOf, segment, utf8 } from '../../core/forging'
import { type Attack, asCookie, type Means, wished } from './attack'

type Row = Omit<Attack, 'group' | 'test'>

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
/** The same bytes in another text: the last character has unused bits, and one of them is set. */
const otherEnd = (text: string) => `${text.slice(0, -1)}${alphabet[alphabet.indexOf(text.slice(-1)) ^ 1]}`
const nearEnd = (text: string, piece: string) => `${text.slice(0, -8)}${piece}${text.slice(-8)}`

const labClaims = ({ target, seconds }: Means) =>
  JSON.stringify({ ...target.claims, iat: seconds, exp: seconds + 300, auth_time: seconds })

/** One member in front of the others. */
const before = (member: string, json: string) => `{${member},${json.slice(1)}`

const rows: Row[] = [
  {
    id: 'C01-space',
    title: 'With a space behind',
    does: 'Sends a genuine token with a blank after it: the same token, but no list of ended ones would know its text.',
    made: '%20 after the signature',
    make: ({ target }) => asCookie(`${target.text}%20`),
    code: 'malformed',
    naive: 'decodesPercent',
    source: 'RFC 7515 §2',
  },
  {
    id: 'C02-line-end',
    title: 'With a line end inside',
    does: 'Breaks the signature of a genuine token over two lines.',
    made: '%0a inside the signature',
    make: ({ target }) => asCookie(nearEnd(target.text, '%0a')),
    code: 'malformed',
    naive: 'decodesPercent',
    source: 'RFC 7515 §2',
  },
  {
    id: 'C03-padding',
    title: 'With padding',
    does: 'Adds the filler sign that other encodings end with.',
    made: '= after the signature',
    make: ({ target }) => asCookie(`${target.text}=`),
    code: 'malformed',
    naive: 'bufferBase64',
    source: 'RFC 7515 §2',
  },
  {
    id: 'C04-last-letter',
    title: 'Another last letter',
    does: 'Replaces the last letter by one that stands for the same bytes.',
    made: 'an unused bit set in the last character of the signature',
    make: ({ target }) => asCookie(otherEnd(target.text)),
    code: 'malformed',
    naive: 'joseAlone',
    source: 'RFC 4648 §3.5',
  },
  {
    id: 'C08-stranger',
    title: 'With a letter that means nothing',
    does: 'Hides a sign inside the signature that careless readers skip.',
    made: '* inside the signature',
    make: ({ target }) => asCookie(nearEnd(target.text, '*')),
    code: 'malformed',
    naive: 'bufferBase64',
    source: 'RFC 4648 §3.3',
  },
  {
    id: 'C10-json',
    title: 'Two tokens in one text',
    does: 'Wraps a genuine token so that one reader sees it, while another reads the attacker’s claims.',
    made: 'flattened JSON serialisation, with a forged payload between two dots, percent-encoded',
    make: (means) => {
      const [head, body, signature] = partsOf(means.target.text)
      const wrapped = { x: `.${segment(wished(means))}.`, protected: head, payload: body, signature }
      return asCookie(encodeURIComponent(JSON.stringify(wrapped)))
    },
    code: 'malformed',
    naive: 'anySerialisation',
    source: 'RFC 7515 §7.2',
  },
  {
    id: 'C17-twice',
    title: 'Two algorithms in one header',
    does: 'Names the algorithm twice, in the hope that two readers believe different ones.',
    made: '{"alg":"none","alg":"ES256",…}, signed by the lab’s key',
    make: async (means) =>
      asCookie(await means.lab.sign(before('"alg":"none"', JSON.stringify(means.lab.header)), labClaims(means))),
    code: 'malformed',
    labCode: 'malformed',
    naive: 'joseAlone',
    source: 'RFC 7515 §4',
  },
  {
    id: 'C18-twice',
    title: 'Two people in one token',
    does: 'Names two people in one token, in the hope that two readers believe different ones.',
    made: '{"sub":"admin","sub":"…",…}, signed by the lab’s key',
    make: async (means) =>
      asCookie(await means.lab.sign(JSON.stringify(means.lab.header), before('"sub":"admin"', labClaims(means)))),
    code: 'unknown_kid',
    labCode: 'malformed',
    naive: 'joseAlone',
    source: 'RFC 7519 §4',
  },
  {
    id: 'C19-mark',
    title: 'An invisible sign in front',
    does: 'Puts an invisible sign before the content, which some readers drop and others don’t.',
    made: 'a byte order mark before the payload, signed by the lab’s key',
    make: async (means) =>
      asCookie(
        await means.lab.sign(
          JSON.stringify(means.lab.header),
          joined(new Uint8Array([0xef, 0xbb, 0xbf]), utf8(labClaims(means))),
        ),
      ),
    code: 'unknown_kid',
    labCode: 'malformed',
    naive: 'joseAlone',
    source: 'RFC 8259 §8.1',
  },
  {
    id: 'C12-empty',
    title: 'Says nothing at all',
    does: 'Shows a token that is well signed and empty: whoever asks only for what is wrong finds nothing.',
    made: 'the payload {}, signed by the lab’s key',
    make: async ({ lab }) => asCookie(await lab.sign(JSON.stringify(lab.header), '{}')),
    code: 'unknown_kid',
    labCode: 'iss',
    naive: 'ignoresTyp',
    source: 'RFC 9068 §2.2',
  },
  {
    id: 'C16-broken-letters',
    title: 'With letters that are none',
    does: 'Hides bytes that are no letters, which one reader drops and another replaces.',
    made: 'the byte FF inside a claim, signed by the lab’s key',
    make: async (means) => {
      const [head = '', ...rest] = before('"x":"?"', labClaims(means)).split('?')
      const bytes = joined(utf8(head), new Uint8Array([0xff]), utf8(rest.join('?')))
      return asCookie(await means.lab.sign(JSON.stringify(means.lab.header), bytes))
    },
    code: 'unknown_kid',
    labCode: 'malformed',
    naive: 'bufferBase64',
    source: 'RFC 8725 §3.7',
  },
  {
    id: 'C13-large',
    title: 'Far too long',
    does: 'Sends a token of several pages, to keep the server busy before it can say no.',
    made: 'a payload of 4 KB, signed by the lab’s key',
    make: async (means) =>
      asCookie(
        await means.lab.sign(JSON.stringify(means.lab.header), before(`"x":"${'y'.repeat(4_096)}"`, labClaims(means))),
      ),
    code: 'too_large',
    labCode: 'too_large',
    naive: 'joseAlone',
    source: 'RFC 6265 §6.1',
  },
]

export const spellingAttacks: readonly Attack[] = rows.map((row) => ({
  ...row,
  group: 'spelling',
  test: 'lib/core/token-encoding.test.ts',
}))
