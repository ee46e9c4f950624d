// Tokens of one kind offered as another, and a good one in the wrong place: catalogue 2.E and 2.G.
import { CompactEncrypt } from 'jose/jwe/compact/encrypt'
import { importJWK } from 'jose/key/import'
import { segment, utf8 } from '../../core/forging'
import { type Attack, asCookie, headerLike, type Means, wished } from './attack'
import type { Target } from './target'

type Row = Omit<Attack, 'group'>

/** Keys of EdDSA are for signing alone; with them it is a key that fits in form. */
const sealable = (jwk: Target['jwk']) => (jwk?.kty === 'EC' || jwk?.kty === 'RSA' ? jwk : null)

/** A token that nobody has signed, encrypted to the public key: anybody can do that. */
const sealedByAnybody = async (means: Means) => {
  const { target, attacker } = means
  const { kty, crv, x, y, n, e } = sealable(target.jwk) ?? { ...attacker.jwk, n: undefined, e: undefined }
  const alg = kty === 'RSA' ? 'RSA-OAEP-256' : 'ECDH-ES'
  const unsigned = `${segment(headerLike(means, { alg: 'none' }))}.${segment(wished(means))}.`
  const sealing = new CompactEncrypt(utf8(unsigned)).setProtectedHeader({ alg, enc: 'A256GCM', cty: 'JWT' })
  return asCookie(await sealing.encrypt(await importJWK(JSON.parse(JSON.stringify({ kty, crv, x, y, n, e })), alg)))
}

/** What an identity provider tells a client about somebody: no key to anything. */
const idToken = ({ lab, target: { claims }, seconds }: Means) =>
  lab.sign(
    JSON.stringify({ ...lab.header, typ: 'JWT' }),
    JSON.stringify({ ...claims, aud: 'a-client', nonce: 'n', iat: seconds, exp: seconds + 300 }),
  )

const forged = (means: Means) =>
  `${segment(headerLike(means, {}))}.${segment(wished(means))}.${segment(new Uint8Array(64))}`

const rows: Row[] = [
  {
    id: 'E05-list',
    title: 'Another paper with the right stamp',
    does: 'Shows the public list of ended sessions, which bears the server’s genuine signature.',
    made: 'the JWT of /.well-known/revocations as the access cookie',
    make: ({ target }) => asCookie(target.revocations),
    code: 'typ',
    naive: 'ignoresTyp',
    source: 'RFC 8725 §3.11',
    test: 'lib/core/token-kinds.test.ts',
  },
  {
    id: 'E04-id-token',
    title: 'An identity card as a key',
    does: 'Shows a token that tells an app who somebody is, where one is wanted that opens doors.',
    made: 'an ID token (typ: JWT, aud: a client), signed by the lab’s key',
    make: async (means) => asCookie(await idToken(means)),
    code: 'typ',
    labCode: 'typ',
    naive: 'ignoresTyp',
    source: 'RFC 9068 §4',
    test: 'lib/core/token-kinds.test.ts',
  },
  {
    id: 'E08-logout',
    title: 'A farewell as a key',
    does: 'Shows the note by which one app tells another that somebody has left.',
    made: 'a logout token (typ: logout+jwt), signed by the lab’s key',
    make: async ({ lab, target: { claims } }) =>
      asCookie(await lab.sign(JSON.stringify({ ...lab.header, typ: 'logout+jwt' }), JSON.stringify(claims))),
    code: 'typ',
    labCode: 'typ',
    naive: 'ignoresTyp',
    source: 'RFC 8725 §3.12',
    test: 'lib/core/token-kinds.test.ts',
  },
  {
    id: 'E10-sealed',
    title: 'Sealed instead of signed',
    does: 'Puts an unsigned token into an envelope that only the server can open, and hopes that this is proof enough.',
    made: 'a JWE to the public key (ECDH-ES or RSA-OAEP-256, A256GCM) around alg: none',
    make: sealedByAnybody,
    code: 'malformed',
    naive: 'trustsSealed',
    source: 'CVE-2026-29000',
    test: 'lib/core/token-kinds.test.ts',
  },
  {
    id: 'E07-carrier',
    title: 'Handed over at another counter',
    does: 'Takes the genuine token out of the cookie and sends it as programs send theirs.',
    made: 'the good token as Authorization: Bearer, no cookie',
    make: ({ target }) => ({ cookies: [], authorization: `Bearer ${target.text}` }),
    code: 'wrong_carrier',
    naive: 'eitherCarrier',
    source: 'RFC 8725 §3.12',
    test: 'e2e/attacks/bearers.spec.ts',
  },
  {
    id: 'G01-good-first',
    title: 'A forged one behind a good one',
    does: 'Sends two tokens under one name, so that one reader looks at the first and another uses the last.',
    made: 'the access cookie twice: good, then forged',
    make: (means) => ({ cookies: [means.target.text, forged(means)] }),
    code: 'duplicated',
    naive: 'firstCookie',
    source: 'RFC 6265 §4.2.2',
    test: 'e2e/attacks/cookies.spec.ts',
  },
  {
    id: 'G01-good-last',
    title: 'A good one behind a forged one',
    does: 'Sends the two the other way round.',
    made: 'the access cookie twice: forged, then good',
    make: (means) => ({ cookies: [forged(means), means.target.text] }),
    code: 'duplicated',
    naive: 'lastCookie',
    source: 'RFC 6265 §4.2.2',
    test: 'e2e/attacks/cookies.spec.ts',
  },
]

export const kindsAttacks: readonly Attack[] = rows.map((row) => ({ ...row, group: 'kinds' }))
