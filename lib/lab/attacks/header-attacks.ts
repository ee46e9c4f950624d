// Attacks by members of the header: catalogue 2.B. What a token names is never fetched, opened or looked up.
import { partsOf, pemOf, segment, signHmac, utf8 } from '../../core/forging'
import { type Attack, asCookie, headerLike, type Means, wished } from './attack'

type Row = Omit<Attack, 'group' | 'test'>

/** Signed by the attacker, who brings along what would prove it. */
const brought = async (means: Means, members: Record<string, unknown>) =>
  asCookie(await means.attacker.sign(headerLike(means, { alg: 'ES256', ...members }), wished(means)))

/** An HMAC with what a careless look-up of this kid would find. */
const lookedUp = async (means: Means, kid: string, found: string) => {
  // Not by spreading: a member `__proto__` of a literal is no member.
  const header = `{"alg":"HS256","typ":"at+jwt","kid":${JSON.stringify(kid)}}`
  return asCookie(await signHmac(256, utf8(found), header, wished(means)))
}

/** Signed by the lab's key, with more in the header than belongs there. */
const labHeader = async ({ lab, target }: Means, members: Record<string, unknown>) =>
  asCookie(await lab.sign(JSON.stringify({ ...lab.header, ...members }), JSON.stringify(target.claims)))

const keySet = ({ attacker: { jwk, kid } }: Means) => ({ keys: [{ ...jwk, kid, alg: 'ES256', use: 'sig' }] })
const dataUrl = (type: string, text: string) => `data:${type},${encodeURIComponent(text)}`

const rows: Row[] = [
  {
    id: 'B01-jwk',
    title: 'Brings its own key',
    does: 'Signs with a key of their own and puts that key into the token for the server to check with.',
    made: 'a jwk header that holds the attacker’s public key, under our kid',
    make: (means) => brought(means, { jwk: means.attacker.jwk }),
    code: 'header',
    naive: 'embeddedKey',
    source: 'CVE-2018-0114',
  },
  {
    id: 'B02-jku',
    title: 'Says where to get the keys',
    does: 'Signs with a key of their own and tells the server an address where it would find that key.',
    made: 'a jku header that leads to the attacker’s key set',
    make: (means) =>
      brought(means, {
        kid: means.attacker.kid,
        jku: dataUrl('application/json', JSON.stringify(keySet(means))),
      }),
    code: 'header',
    naive: 'fetchesKeys',
    source: 'RFC 7515 §4.1.2',
  },
  {
    id: 'B03-x5u',
    title: 'Says where to get the certificate',
    does: 'Does the same with the address of a certificate.',
    made: 'an x5u header that leads to the attacker’s key in PEM',
    make: async (means) =>
      brought(means, { x5u: dataUrl('application/x-pem-file', await pemOf(means.attacker.publicKey)) }),
    code: 'header',
    naive: 'fetchesCertificate',
    source: 'RFC 7515 §4.1.5',
  },
  {
    id: 'B05-file',
    title: 'Names an empty file as the key',
    does: 'Gives the key the name of a file that is always empty, and signs with an empty password.',
    made: 'kid: ../../../../../../dev/null, HS256 with a key of no bytes',
    make: (means) => lookedUp(means, '../../../../../../dev/null', ''),
    code: 'header',
    naive: 'kidAsFile',
    source: 'RFC 8725 §3.10',
  },
  {
    id: 'B06-sql',
    title: 'Makes the database say the key',
    does: 'Hides a database command in the name of the key, so that the look-up answers with the attacker’s password.',
    made: "kid: x' UNION SELECT 'chosen'--, HS256 with the key \"chosen\"",
    make: (means) => lookedUp(means, "x' UNION SELECT 'chosen'--", 'chosen'),
    code: 'header',
    naive: 'kidInSql',
    source: 'RFC 8725 §3.10',
  },
  {
    id: 'B08-proto',
    title: 'Names a key that is always there',
    does: 'Asks for the key “__proto__”, a name that every simple list in JavaScript answers to.',
    made: 'kid: __proto__, HS256 with the key "[object Object]"',
    make: (means) => lookedUp(means, '__proto__', '[object Object]'),
    code: 'unknown_kid',
    naive: 'kidInObject',
    source: 'RFC 8725 §3.10',
  },
  {
    id: 'B09-nameless',
    title: 'Names no key',
    does: 'Leaves the name of the key out, in the hope that the server then tries all that it has.',
    made: 'no kid, a good signature',
    make: (means) => {
      const { kid: _, ...header } = means.target.header
      const [, body, signature] = partsOf(means.target.text)
      return asCookie(`${segment(JSON.stringify(header))}.${body}.${signature}`)
    },
    code: 'header',
    naive: 'decodeOnly',
    source: 'RFC 7515 §4.1.4',
  },
  {
    id: 'B11-crit-empty',
    title: 'Must be understood, and is nothing',
    does: 'Shows a token whose list of what must be understood is empty, which no signer may write.',
    made: 'crit: [], signed by the lab’s key',
    make: (means) => labHeader(means, { crit: [] }),
    code: 'header',
    labCode: 'header',
    naive: 'ignoresCrit',
    source: 'RFC 7515 §4.1.11',
  },
  {
    id: 'B12-unencoded',
    title: 'Says that its content is bare',
    does: 'Says that the content is not encoded, so that two readers check two different texts.',
    made: 'b64: false, crit: ["b64"], signed by the lab’s key',
    make: (means) => labHeader(means, { b64: false, crit: ['b64'] }),
    code: 'header',
    labCode: 'header',
    naive: 'ignoresCrit',
    source: 'RFC 7797 §3',
  },
  {
    id: 'B13-compressed',
    title: 'Says that it is compressed',
    does: 'Says that the content must be unpacked first: for one reader it is then something else, or very large.',
    made: 'zip: DEF on a signed token, signed by the lab’s key',
    make: (means) => labHeader(means, { zip: 'DEF' }),
    code: 'header',
    labCode: 'header',
    naive: 'joseAlone',
    source: 'RFC 8725 §3.6',
  },
  {
    id: 'B14-plain',
    title: 'Of no kind in particular',
    does: 'Shows a token that only says to be a token, as every app issues for every purpose.',
    made: 'typ: JWT, signed by the lab’s key',
    make: (means) => labHeader(means, { typ: 'JWT' }),
    code: 'typ',
    labCode: 'typ',
    naive: 'ignoresTyp',
    source: 'RFC 8725 §3.11',
  },
  {
    id: 'B14-long',
    title: 'The right kind, spelled at length',
    does: 'Spells the kind in another way that the standard allows, so that one token has two texts.',
    made: 'typ: application/at+jwt, signed by the lab’s key',
    make: (means) => labHeader(means, { typ: 'application/at+jwt' }),
    code: 'typ',
    labCode: 'typ',
    naive: 'joseAlone',
    source: 'RFC 9068 §2.1',
  },
  {
    id: 'B10-crit',
    title: 'Must be understood, and is not',
    does: 'Shows a token whose signer said: whoever does not understand this part must not accept me.',
    made: 'crit: ["x"], x: 1, signed by the lab’s key',
    make: (means) => labHeader(means, { crit: ['x'], x: 1 }),
    code: 'header',
    labCode: 'header',
    naive: 'ignoresCrit',
    source: 'CVE-2025-59420',
  },
  {
    id: 'B04-carries',
    title: 'Carries an address along',
    does: 'Shows a token that is right in everything, and also tells an address where keys would be.',
    made: 'a jku header beside a good signature of the lab’s key',
    make: (means) => labHeader(means, { jku: 'https://evil.test/jwks.json' }),
    code: 'header',
    labCode: 'header',
    naive: 'joseAlone',
    source: 'RFC 8725 §3.10',
  },
]

export const headerAttacks: readonly Attack[] = rows.map((row) => ({
  ...row,
  group: 'header',
  test: 'lib/core/token-header.test.ts',
}))
