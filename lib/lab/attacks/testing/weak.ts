// Verifiers that make the mistakes of naive.ts, one each: every attack of the table gets past the one that it names.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { decode } from 'jose/base64url'
import { compactDecrypt } from 'jose/jwe/compact/decrypt'
import { flattenedVerify } from 'jose/jws/flattened/verify'
import { type JWTVerifyOptions, jwtVerify } from 'jose/jwt/verify'
import { importSPKI } from 'jose/key/import'
import type { Expected } from '../../../core/claims'
import { partsOf, pemOf, signHmac, utf8 } from '../../../core/forging'
import type { Keyring } from '../../../core/keyring'
import { decodedPart } from '../../../core/testing/weak-verifiers'
import type { Shown } from '../attack'
import type { NaiveName } from '../naive'

/** What the weak server knows. Its own key is for ES256; it trusts the lab's as well. */
export type World = {
  kid: string
  publicKey: CryptoKey
  /** For opening what was encrypted to the public key. */
  privateJwk: JsonWebKey
  keyring: Keyring
  expected: Expected
  seconds: number
}

/** Throws to refuse. */
type WeakVerifier = (token: string, world: World, shown: Shown) => Promise<unknown>

const headerOf = (token: string) => decodedPart(partsOf(token)[0])
const claimsOf = (token: string) => decodedPart(partsOf(token)[1])
const refuse = (): never => {
  throw new Error('refused')
}

const keyOf =
  ({ keyring }: World) =>
  ({ kid }: { kid?: string }) =>
    keyring.get(kid ?? '')?.key ?? refuse()

const jose = (token: string, world: World, options: JWTVerifyOptions) =>
  jwtVerify(token, keyOf(world), { currentDate: new Date(world.seconds * 1000), ...options })

const allOptions = ({ expected: { issuer, audience } }: World) => ({
  algorithms: ['ES256'],
  typ: 'at+jwt',
  issuer,
  audience,
  requiredClaims: ['exp', 'iat'],
})

/** Whether this HMAC key made the signature. */
const hmacBy = async (token: string, secret: string) => {
  const [head, body, signature] = partsOf(token)
  const own = await signHmac(256, utf8(secret), new Uint8Array(decode(head)), new Uint8Array(decode(body)))
  return signature === partsOf(own)[2] ? claimsOf(token) : refuse()
}
const withHmac = (token: string, secret: string) => (headerOf(token).alg === 'HS256' ? hmacBy(token, secret) : refuse())

/** ECDSA by hand, over whatever the header says. */
const ecdsa = async (token: string, world: World, signature = new Uint8Array(decode(partsOf(token)[2]))) => {
  const [head, body] = partsOf(token)
  const key = keyOf(world)({ kid: String(headerOf(token).kid) })
  const good = await crypto.subtle.verify(
    { name: 'ECDSA', hash: 'SHA-256' },
    key,
    new Uint8Array(signature),
    utf8(`${head}.${body}`),
  )
  return good ? claimsOf(token) : refuse()
}

/** r and s of a DER sequence. */
const bareOf = (der: Uint8Array): Uint8Array<ArrayBuffer> => {
  const [first = 0] = der.slice(3)
  const integers = [der.slice(4, 4 + first), der.slice(6 + first)]
  return new Uint8Array(integers.flatMap((bytes) => [...new Uint8Array(32), ...bytes].slice(-32)))
}

const isNone = (alg: unknown) => String(alg).toLowerCase() === 'none'

const weakVerifiers: Record<NaiveName, WeakVerifier> = {
  decodeOnly: async (token) => (typeof claimsOf(token).sub === 'string' ? claimsOf(token) : refuse()),
  believesAlg: async (token) => (headerOf(token).alg === 'none' ? claimsOf(token) : refuse()),
  listsNone: async (token) =>
    headerOf(token).alg !== 'none' && isNone(headerOf(token).alg) ? claimsOf(token) : refuse(),
  skipsMissingSignature: (token, world) =>
    partsOf(token)[2] === '' && !isNone(headerOf(token).alg)
      ? Promise.resolve(claimsOf(token))
      : jose(token, world, {}),
  emptySecret: (token) => withHmac(token, ''),
  pemAsSecret: async (token, { publicKey }) => withHmac(token, await pemOf(publicKey)),
  spacedPemAsSecret: async (token, { publicKey }) => withHmac(token, ` ${await pemOf(publicKey)}`),
  commonSecret: (token) => withHmac(token, 'secret'),
  // With r = s = 0 both sides of the equation are zero, whatever was signed.
  psychic: async (token) =>
    Buffer.from(partsOf(token)[2], 'base64url').every((byte) => byte === 0) ? claimsOf(token) : refuse(),
  takesDer: (token, world) => ecdsa(token, world, bareOf(new Uint8Array(decode(partsOf(token)[2])))),
  embeddedKey: async (token) => {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
    const { jwk } = headerOf(token)
    return jwtVerify(token, await crypto.subtle.importKey('jwk', jwk as JsonWebKey, algorithm, false, ['verify']))
  },
  fetchesKeys: async (token) => {
    const { jku, kid } = headerOf(token)
    const { keys } = (await (await fetch(String(jku))).json()) as { keys: (JsonWebKey & { kid: string })[] }
    const jwk = keys.find((key) => key.kid === kid) ?? refuse()
    const key = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify'])
    return jwtVerify(token, key)
  },
  fetchesCertificate: async (token) =>
    jwtVerify(token, await importSPKI(await (await fetch(String(headerOf(token).x5u))).text(), 'ES256')),
  kidAsFile: (token) => withHmac(token, readFileSync(join('/srv/keys', String(headerOf(token).kid)), 'utf8')),
  kidInSql: async (token) => {
    const db = new Database(':memory:')
    db.exec("CREATE TABLE keys (kid TEXT, secret TEXT); INSERT INTO keys VALUES ('a', 'not to be guessed')")
    const row = db.prepare(`SELECT secret FROM keys WHERE kid = '${headerOf(token).kid}'`).get()
    db.close()
    return withHmac(token, String((row as { secret: string } | undefined)?.secret ?? refuse()))
  },
  kidInObject: (token) => {
    const keys: Record<string, unknown> = { a: 'not to be guessed' }
    return withHmac(token, String(keys[String(headerOf(token).kid)] ?? refuse()))
  },
  ignoresCrit: (token, world) => (headerOf(token).crit ? ecdsa(token, world) : refuse()),
  joseAlone: (token, world) => jose(token, world, allOptions(world)),
  decodesPercent: (token, world) => jose(decodeURIComponent(token), world, allOptions(world)),
  bufferBase64: (token, world) => ecdsa(token, world, new Uint8Array(Buffer.from(partsOf(token)[2], 'base64url'))),
  anySerialisation: async (token, world) => {
    const text = decodeURIComponent(token)
    await flattenedVerify(JSON.parse(text), () => keyOf(world)({ kid: world.kid }))
    return claimsOf(text)
  },
  ignoresExp: (token, world) => ecdsa(token, world),
  ignoresIss: (token, world) => jose(token, world, { audience: world.expected.audience }),
  ignoresAud: (token, world) => jose(token, world, { issuer: world.expected.issuer }),
  ignoresTyp: (token, world) => jose(token, world, {}),
  trustsSealed: async (token, { privateJwk }) => {
    const curve = { name: 'ECDH', namedCurve: 'P-256' }
    const { kty, crv, x, y, d } = privateJwk
    const jwk = { kty, crv, x, y, d } as JsonWebKey
    const key = await crypto.subtle.importKey('jwk', jwk, curve, false, ['deriveBits'])
    return claimsOf(new TextDecoder().decode((await compactDecrypt(token, key)).plaintext))
  },
  eitherCarrier: (_, world, { authorization }) =>
    jose(authorization?.slice('Bearer '.length) ?? refuse(), world, allOptions(world)),
  firstCookie: (_, world, { cookies }) => jose(cookies[0] ?? refuse(), world, allOptions(world)),
  lastCookie: (_, world, { cookies }) => jose(cookies.at(-1) ?? refuse(), world, allOptions(world)),
}

export const fools = async (naive: NaiveName, shown: Shown, world: World): Promise<boolean> => {
  try {
    await weakVerifiers[naive](shown.cookies[0] ?? '', world, shown)
    return true
  } catch {
    return false
  }
}
