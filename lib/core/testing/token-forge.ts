// A forge for tests: signs any header and payload, byte for byte, with the real key, so that only the intended thing is wrong.
import type { Algorithm } from '../algorithms'
import { encodeBase64url } from '../base64url'
import type { AccessClaims, Expected } from '../claims'
import { type Raw, segment, utf8 } from '../forging'
import type { PublicJwk } from '../jwk'
import type { Keyring } from '../keyring'
import { makeForgeKeys, parametersOf } from './forge-keys'

/** Milliseconds since 1970: a whole second, so that tests can speak of the second before and after. */
export const now = 1_800_000_000_000
export const seconds = now / 1000

export const expected: Expected = {
  issuer: 'https://app.example',
  audience: 'https://app.example',
  accessTtl: 300,
  absoluteTtl: 86_400,
}

export const goodClaims: AccessClaims = {
  iss: expected.issuer,
  aud: expected.audience,
  sub: '01890a5d-ac96-774b-bcce-b302099a8057',
  sid: 'AAECAwQFBgcICQoLDA0ODw',
  gen: 3,
  epoch: 0,
  jti: 'EBESExQVFhcYGRobHB0eHw',
  iat: seconds,
  exp: seconds + 300,
  auth_time: seconds - 600,
  amr: ['pwd'],
  roles: ['member'],
}

/** Makes tokens, for a verifier or for a live session. */
export type Signer = {
  kid: string
  jwk: PublicJwk
  publicKey: CryptoKey
  /** The header of a good token. */
  header: Record<string, unknown>
  /** The claims of a good token, as of now. */
  claims: () => AccessClaims
  /** They as JSON. */
  payload: () => string
  /** An origin that is not ours: nothing in a token may lead there. */
  elsewhere: string
  /** Signs `segments` ("head.body") exactly as they are spelled. */
  signSpelled: (segments: string) => Promise<string>
  /** Signs a header and a payload given as text or bytes. */
  sign: (header: Raw, payload: Raw) => Promise<string>
  /** A good token but for these members; `undefined` leaves one out. */
  token: (claims?: Record<string, unknown>, header?: Record<string, unknown>) => Promise<string>
}

export type Forge = Signer & { keyring: Keyring }

export const openSigner = async (
  signWith: CryptoKey,
  jwk: PublicJwk,
  { claims, elsewhere }: Pick<Signer, 'claims' | 'elsewhere'>,
  { alg, kid }: { alg: Algorithm; kid: string } = jwk,
): Promise<Signer> => {
  const header = { alg, typ: 'at+jwt', kid }
  const signSpelled = async (segments: string) => {
    const signature = await crypto.subtle.sign(parametersOf[alg].sign, signWith, utf8(segments))
    return `${segments}.${encodeBase64url(new Uint8Array(signature))}`
  }
  const sign = (head: Raw, body: Raw) => signSpelled(`${segment(head)}.${segment(body)}`)
  return {
    kid,
    jwk,
    publicKey: await crypto.subtle.importKey('jwk', jwk, parametersOf[jwk.alg].key, true, ['verify']),
    header,
    claims,
    payload: () => JSON.stringify(claims()),
    elsewhere,
    signSpelled,
    sign,
    token: (changes = {}, members = {}) =>
      sign(JSON.stringify({ ...header, ...members }), JSON.stringify({ ...claims(), ...changes })),
  }
}

export const openForge = async (alg: Algorithm = 'ES256'): Promise<Forge> => {
  const { kid, signWith, verifyWith, jwk } = await makeForgeKeys(alg)
  const place = { claims: () => goodClaims, elsewhere: 'http://127.0.0.1:9' }
  const signer = await openSigner(signWith, jwk, place, { alg, kid })
  return { ...signer, keyring: new Map([[kid, { alg, key: verifyWith }]]) }
}

export const bigint = (bytes: Uint8Array): bigint => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)

/** 32 bytes, big-endian, modulo 2^256. */
export const scalar = (value: bigint): Uint8Array => {
  const bytes = new Uint8Array(32)
  for (let i = 0; i < 32; i++) bytes[31 - i] = Number((value >> BigInt(8 * i)) & 0xffn)
  return bytes
}

/** Order of the P-256 group, and the prime of its field. */
export const p256 = {
  n: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  p: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
}

/** Its first letter in the other case. */
export const otherCase = (text: string) =>
  text.replace(/[a-z]/i, (letter) => (letter < 'a' ? letter.toLowerCase() : letter.toUpperCase()))
