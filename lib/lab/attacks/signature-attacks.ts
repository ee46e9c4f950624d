// Attacks on the algorithm and the signature, made without any key of the server's: catalogue 2.A.
import { derSignature, partsOf, pemOf, segment, signatureOf, signHmac, utf8, withSignature } from '../../core/forging'
import { type Attack, asCookie, headerLike, type Means, wished } from './attack'

type Row = Omit<Attack, 'group' | 'test'>
const hmac = async (means: Means, secret: string, header: Record<string, unknown> = {}) =>
  asCookie(await signHmac(256, utf8(secret), headerLike(means, { alg: 'HS256', ...header }), wished(means)))

const publicPem = async ({ target, attacker }: Means) => pemOf(target.publicKey ?? attacker.publicKey)

/** Last part of any token, as bytes; an encrypted one ends in its tag. */
const changedEnd = ({ target: { text } }: Means, change: (end: Uint8Array) => Uint8Array) => {
  const cut = text.lastIndexOf('.') + 1
  const end = signatureOf(`..${text.slice(cut)}`)
  return asCookie(text.slice(0, cut) + partsOf(withSignature('', change(end)))[2])
}

/** The good token's signature under other claims. */
const otherClaims = ({ target }: Means, claims: Record<string, unknown>) => {
  const [head, , signature] = partsOf(target.text)
  return asCookie(`${head}.${segment(JSON.stringify({ ...target.claims, ...claims }))}.${signature}`)
}

/** The good token's signature under another header. */
const otherHeader = (means: Means, members: Record<string, unknown>) => {
  const [, body, signature] = partsOf(means.target.text)
  return asCookie(`${segment(headerLike(means, members))}.${body}.${signature}`)
}

const rows: Row[] = [
  {
    id: 'A01-none',
    title: 'Signed by nobody',
    does: 'Writes “administrator” into a token and says that tokens of this sort need no signature.',
    made: 'alg: none, an empty third part, roles: ["admin"]',
    make: (means) => asCookie(`${segment(headerLike(means, { alg: 'none' }))}.${segment(wished(means))}.`),
    code: 'malformed',
    naive: 'believesAlg',
    source: 'RFC 8725 §2.1',
  },
  {
    id: 'A01-none-case',
    title: 'Signed by nobody, spelled oddly',
    does: 'Does the same with capital letters in between, to get past a list of forbidden words.',
    made: 'alg: nOnE, an empty third part',
    make: (means) => asCookie(`${segment(headerLike(means, { alg: 'nOnE' }))}.${segment(wished(means))}.`),
    code: 'malformed',
    naive: 'listsNone',
    source: 'RFC 8725 §3.1',
  },
  {
    id: 'A02-none-signed',
    title: 'No algorithm, but a signature',
    does: 'Says that no signature is needed, and leaves a real one on so that the token looks whole.',
    made: 'alg: none, the signature of a good token kept',
    make: (means) =>
      asCookie(
        `${segment(headerLike(means, { alg: 'none' }))}.${segment(wished(means))}.${partsOf(means.target.text)[2]}`,
      ),
    code: 'alg',
    naive: 'believesAlg',
    source: 'RFC 8725 §3.2',
  },
  {
    id: 'A06-sibling',
    title: 'Another algorithm of the same family',
    does: 'Says that the signature was made in a way much like the real one, to have it checked by looser rules.',
    made: 'alg: ES384 over a good signature',
    make: (means) => otherHeader(means, { alg: 'ES384' }),
    code: 'alg',
    naive: 'decodeOnly',
    source: 'RFC 8725 §3.1',
  },
  {
    id: 'A07-lower-case',
    title: 'The right algorithm, spelled wrong',
    does: 'Writes the name in small letters, which one reader takes for the same and another for an unknown one.',
    made: 'alg in lower case over a good signature',
    make: (means) => otherHeader(means, { alg: means.target.header.alg.toLowerCase() }),
    code: 'alg',
    naive: 'decodeOnly',
    source: 'RFC 7515 §4.1.1',
  },
  {
    id: 'A15-borrowed',
    title: 'With the signature of something else',
    does: 'Cuts a genuine signature out of another paper of the server’s and puts it under a token.',
    made: 'the signature of /.well-known/revocations under a good header and payload',
    make: ({ target }) =>
      asCookie(`${target.text.split('.').slice(0, -1).join('.')}.${partsOf(target.revocations)[2]}`),
    code: 'signature',
    naive: 'decodeOnly',
    source: 'RFC 7515 §5.2',
  },
  {
    id: 'A03-stripped',
    title: 'Signature torn off',
    does: 'Changes the token and cuts the signature off.',
    made: 'header and payload, then a dot and nothing',
    make: (means) => asCookie(`${segment(headerLike(means, {}))}.${segment(wished(means))}.`),
    code: 'malformed',
    naive: 'skipsMissingSignature',
    source: 'CVE-2020-28042',
  },
  {
    id: 'A04-empty-secret',
    title: 'Signed with nothing',
    does: 'Signs with an empty password, in the hope that the server has left its own empty.',
    made: 'HS256 with a key of no bytes, under our kid',
    make: (means) => hmac(means, ''),
    code: 'alg',
    naive: 'emptySecret',
    source: 'CVE-2019-20933',
  },
  {
    id: 'A04-empty-unknown',
    title: 'Signed with nothing, under a made-up name',
    does: 'Names a key that does not exist, in the hope that “not found” counts as an empty password.',
    made: 'HS256 with a key of no bytes, under a kid that nobody knows',
    make: (means) => hmac(means, '', { kid: 'nobody' }),
    code: 'unknown_kid',
    naive: 'emptySecret',
    source: 'CVE-2026-44351',
  },
  {
    id: 'A05-public-key',
    title: 'The public key as the password',
    does: 'Takes the key that everybody may read and uses it as if it were the secret one.',
    made: 'HS256 over the PEM text of the public key (algorithm confusion)',
    make: async (means) => hmac(means, await publicPem(means)),
    code: 'alg',
    naive: 'pemAsSecret',
    source: 'CVE-2015-9235',
  },
  {
    id: 'A05-public-key-space',
    title: 'The public key as the password, with a space',
    does: 'Puts a space before it, so that the server does not recognise its own public key.',
    made: 'HS256 over the PEM text with a leading space',
    make: async (means) => hmac(means, ` ${await publicPem(means)}`),
    code: 'alg',
    naive: 'spacedPemAsSecret',
    source: 'CVE-2026-34950',
  },
  {
    id: 'A09-common-secret',
    title: 'A guessed password',
    does: 'Signs with a password that is in every list of common ones.',
    made: 'HS256 with the key "secret"',
    make: (means) => hmac(means, 'secret'),
    code: 'alg',
    naive: 'commonSecret',
    source: 'RFC 8725 §3.5',
  },
  {
    id: 'A10-psychic',
    title: 'A blank signature',
    does: 'Signs with nothing but zeros, which careless arithmetic takes for right.',
    made: 'an ECDSA signature of r = 0, s = 0 (“psychic signatures”)',
    make: (means) =>
      asCookie(withSignature(`${segment(headerLike(means, {}))}.${segment(wished(means))}.`, new Uint8Array(64))),
    code: 'signature',
    naive: 'psychic',
    source: 'CVE-2022-21449',
  },
  {
    id: 'A12-der',
    title: 'A good signature in another form',
    does: 'Rewrites the genuine signature in a form that certificates use, to have a second text of one token.',
    made: 'r and s of the good token as a DER sequence',
    make: (means) => changedEnd(means, derSignature),
    code: 'signature',
    naive: 'takesDer',
    source: 'RFC 7518 §3.4',
  },
  {
    id: 'A14-bit',
    title: 'One bit off',
    does: 'Changes the very smallest thing in the signature.',
    made: 'the last bit of the last byte flipped',
    make: (means) => changedEnd(means, (end) => end.map((byte, at) => (at === end.length - 1 ? byte ^ 1 : byte))),
    code: 'signature',
    naive: 'decodeOnly',
    source: 'RFC 7515 §5.2',
  },
  {
    id: 'A08-foreign-key',
    title: 'Signed by a stranger',
    does: 'Signs with a key of their own and puts the server’s name for its key on it.',
    made: 'ES256 with the attacker’s key, under our kid',
    make: async (means) => asCookie(await means.attacker.sign(headerLike(means, { alg: 'ES256' }), wished(means))),
    code: 'signature',
    naive: 'decodeOnly',
    source: 'RFC 7515 §10.3',
  },
  {
    id: 'T01-roles',
    title: 'Made administrator',
    does: 'Writes “administrator” into their own token and leaves the signature as it was.',
    made: 'roles: ["admin"] under the signature of the good token',
    make: (means) => otherClaims(means, { roles: ['admin'] }),
    code: 'signature',
    naive: 'decodeOnly',
    source: 'RFC 8725 §3.3',
  },
  {
    id: 'T01-longer',
    title: 'Given another year',
    does: 'Writes a later end into their own token and leaves the signature as it was.',
    made: 'exp a year later under the signature of the good token',
    make: (means) => otherClaims(means, { exp: means.seconds + 31_536_000 }),
    code: 'signature',
    naive: 'decodeOnly',
    source: 'RFC 8725 §3.3',
  },
]

export const signatureAttacks: readonly Attack[] = rows.map((row) => ({
  ...row,
  group: 'signature',
  test: 'lib/core/token-signature.test.ts',
}))
