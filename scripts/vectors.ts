// Good and bad tokens that every verifier in examples/ must judge rightly. What is signed with is an argument.
import { partsOf, segment, signatureOf, signHmac, utf8, withSignature } from '../lib/core/forging'
import { openForge, type Signer } from '../lib/core/testing/token-forge'

/** Who the revocation list of the issuer names. */
export type Ended = {
  /** A session that was ended. */
  sid: string
  /** A user all of whose sessions were ended: only tokens of epoch 1 are still good. */
  sub: string
}

type Make = (signer: Signer, ended: Ended) => string | Promise<string>

export type Vector = {
  name: string
  /** Why it is refused; `null` for a good token. */
  reason: string | null
  /** A verifier on top of a plain library may let it pass: it cannot see the defect, and the token is one of ours. */
  optional: boolean
  /** Only the revocation list tells. */
  listed: boolean
  make: Make
}

const refused = (reason: string, name: string, make: Make): Vector => ({
  name,
  reason,
  optional: false,
  listed: false,
  make,
})
const accepted = (name: string, make: Make): Vector => ({ ...refused('', name, make), reason: null })
const optional = (vector: Vector): Vector => ({ ...vector, optional: true })
const listed = (vector: Vector): Vector => ({ ...vector, listed: true })

const iat = ({ claims }: Signer) => claims().iat

const flipped = async (signer: Signer): Promise<string> => {
  const token = await signer.token()
  return withSignature(
    token,
    signatureOf(token).map((byte, i) => (i === 20 ? byte ^ 1 : byte)),
  )
}

/** The public key as the PEM file that a careless verifier would take for a secret. */
const pemOf = async ({ publicKey }: Signer): Promise<Uint8Array<ArrayBuffer>> => {
  const der = Buffer.from(await crypto.subtle.exportKey('spki', publicKey)).toString('base64')
  return utf8(`-----BEGIN PUBLIC KEY-----\n${der.replace(/(.{64})/g, '$1\n')}\n-----END PUBLIC KEY-----\n`)
}

const withHeader =
  (members: Record<string, unknown>): Make =>
  (signer) =>
    signer.token({}, members)
const withClaims =
  (changes: (signer: Signer) => Record<string, unknown>): Make =>
  (signer) =>
    signer.token(changes(signer))

const duplicated = async (signer: Signer): Promise<string> =>
  signer.sign(JSON.stringify(signer.header), signer.payload().replace('{', '{"sub":"somebody-else",'))

const endsOn = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
/** The same signature, spelled with a bit that is not part of it. */
const respelled = async (signer: Signer): Promise<string> => {
  const token = await signer.token()
  return token.slice(0, -1) + endsOn[endsOn.indexOf(token.slice(-1)) + 1]
}

export const vectors: readonly Vector[] = [
  accepted('a good token', (signer) => signer.token()),
  accepted(
    'a claim that nobody knows',
    withClaims(() => ({ tenant: 'acme' })),
  ),
  accepted(
    '`iat` 30 s ahead',
    withClaims((signer) => ({ iat: iat(signer) + 30 })),
  ),
  refused('signature', 'a flipped bit in the signature', flipped),
  refused('signature', 'another payload under the signature', async (signer) => {
    const [head, , signature] = partsOf(await signer.token())
    return `${head}.${segment(JSON.stringify({ ...signer.claims(), roles: ['admin'] }))}.${signature}`
  }),
  refused('signature', 'a signature of zeros (CVE-2022-21449)', async (signer) =>
    withSignature(await signer.token(), new Uint8Array(64)),
  ),
  refused('signature', 'another key under our `kid`', async (signer) => {
    const stranger = await openForge(signer.jwk.alg)
    return stranger.sign(JSON.stringify(signer.header), signer.payload())
  }),
  refused('malformed', '`alg` none, no signature', async (signer) => {
    const head = segment(JSON.stringify({ ...signer.header, alg: 'none' }))
    return `${head}.${segment(signer.payload())}.`
  }),
  refused('alg', '`alg` none, our signature', withHeader({ alg: 'none' })),
  refused('alg', '`alg` HS256 with the public key as the secret', async (signer) =>
    signHmac(256, await pemOf(signer), JSON.stringify({ ...signer.header, alg: 'HS256' }), signer.payload()),
  ),
  refused('unknown_kid', 'an unknown `kid`', withHeader({ kid: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' })),
  refused('unknown_kid', '`kid` is `__proto__`', withHeader({ kid: '__proto__' })),
  refused('header', 'no `kid`', withHeader({ kid: undefined })),
  refused('header', 'the key inside the token (`jwk`)', async (signer) => {
    const stranger = await openForge(signer.jwk.alg)
    return stranger.sign(JSON.stringify({ ...signer.header, jwk: stranger.jwk }), signer.payload())
  }),
  refused('header', 'the key elsewhere (`jku`)', (signer) =>
    signer.token({}, { jku: `${signer.elsewhere}/jwks.json` }),
  ),
  refused('header', 'a certificate elsewhere (`x5u`)', (signer) => signer.token({}, { x5u: `${signer.elsewhere}/x` })),
  refused('header', '`crit`', withHeader({ crit: ['exp'], exp: 1 })),
  refused('typ', '`typ` JWT', withHeader({ typ: 'JWT' })),
  refused('typ', '`typ` of the revocation list', withHeader({ typ: 'revocations+jwt' })),
  refused('typ', '`typ` in capitals', withHeader({ typ: 'AT+JWT' })),
  refused('header', 'no `typ`', withHeader({ typ: undefined })),
  refused(
    'iss',
    'another `iss`',
    withClaims(({ claims }) => ({ iss: `${claims().iss}/` })),
  ),
  refused(
    'aud',
    'another `aud`',
    withClaims(() => ({ aud: 'https://other.example' })),
  ),
  refused(
    'aud',
    '`aud` a list with ours in it',
    withClaims(({ claims }) => ({ aud: [claims().aud] })),
  ),
  refused(
    'aud',
    'no `aud`',
    withClaims(() => ({ aud: undefined })),
  ),
  refused(
    'claims',
    '`sub` a number',
    withClaims(() => ({ sub: 7 })),
  ),
  refused(
    'claims',
    'no `sid`',
    withClaims(() => ({ sid: undefined })),
  ),
  refused(
    'claims',
    'no `jti`',
    withClaims(() => ({ jti: undefined })),
  ),
  refused(
    'expired',
    'expired a second ago',
    withClaims((signer) => ({ iat: iat(signer) - 301, exp: iat(signer) - 1 })),
  ),
  refused(
    'claims',
    'no `exp`',
    withClaims(() => ({ exp: undefined })),
  ),
  refused(
    'claims',
    '`exp` as a string',
    withClaims(({ claims }) => ({ exp: String(claims().exp) })),
  ),
  refused('claims', '`exp` 1e999', (signer) =>
    signer.sign(JSON.stringify(signer.header), signer.payload().replace(/"exp":\d+/, '"exp":1e999')),
  ),
  refused(
    'claims',
    'no `iat`',
    withClaims(() => ({ iat: undefined })),
  ),
  refused(
    'not_yet_valid',
    '`iat` five minutes ahead',
    withClaims((signer) => ({ iat: iat(signer) + 300, exp: iat(signer) + 600 })),
  ),
  refused('malformed', 'a space in the token', async (signer) => (await signer.token()).replace(/\.(?=[^.]*$)/, '. ')),
  refused('malformed', 'padding after the signature', async (signer) => `${await signer.token()}==`),
  refused('malformed', 'four parts', async (signer) => `${await signer.token()}.AA`),
  refused(
    'malformed',
    'an empty signature',
    async (signer) =>
      `${partsOf(await signer.token())
        .slice(0, 2)
        .join('.')}.`,
  ),
  refused('malformed', 'nothing but text', () => 'nothing'),
  refused('malformed', 'a payload that is a list', (signer) => signer.sign(JSON.stringify(signer.header), '[]')),
  refused(
    'too_large',
    'more than 4096 bytes',
    withClaims(() => ({ pad: 'x'.repeat(4096) })),
  ),
  optional(refused('malformed', 'a claim twice', duplicated)),
  optional(refused('malformed', 'a stray bit in the last character', respelled)),
  listed(refused('revoked', 'an ended session', (signer, { sid }) => signer.token({ sid }))),
  listed(refused('revoked', 'an epoch that has ended', (signer, { sub }) => signer.token({ sub, epoch: 0 }))),
  listed(accepted('the epoch after it', (signer, { sub }) => signer.token({ sub, epoch: 1 }))),
]

/** Judged when everybody's sessions were ended: `nbf_all` is then a little before the signer's `iat`. */
export const vectorsAfterTheEnd: readonly Vector[] = [
  listed(
    refused(
      'revoked',
      'issued before `nbf_all`',
      withClaims((signer) => ({ iat: iat(signer) - 60 })),
    ),
  ),
  listed(accepted('issued after `nbf_all`', (signer) => signer.token())),
]
