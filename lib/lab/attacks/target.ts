// What an attacker has to work with: the text of one good token and what the app publishes. No key of the server's.
import { importJWK } from 'jose/key/import'
import { decodeBase64url } from '../../core/base64url'
import { partsOf } from '../../core/forging'
import { isRecord } from '../../core/jwk'
import { parseStrictJsonObject } from '../../core/strict-json'

export type Target = {
  /** The good token as it travels. */
  text: string
  header: { alg: string; typ: string; kid: string }
  /** Its claims; of an encrypted token, which nobody else can read, what they must be like. */
  claims: Readonly<Record<string, unknown>>
  /** The published key that signed it, or any; `null` where none is published. */
  jwk: Readonly<Record<string, unknown>> | null
  publicKey: CryptoKey | null
  /** The signed list at /.well-known/revocations. */
  revocations: string
}

type Published = { origin: string; jwks: unknown; revocations: string }

const readPart = (part: string): Record<string, unknown> | null => {
  const bytes = decodeBase64url(part)
  const members = bytes && parseStrictJsonObject(bytes)
  return members && Object.fromEntries(members)
}

/** In the shape that the verifier wants: only a signature is missing. */
const guessedClaims = (origin: string, seconds: number) => ({
  iss: origin,
  aud: origin,
  sub: '01890a5d-ac96-774b-bcce-b302099a8057',
  sid: 'AAECAwQFBgcICQoLDA0ODw',
  gen: 1,
  epoch: 0,
  jti: 'EBESExQVFhcYGRobHB0eHw',
  iat: seconds,
  exp: seconds + 300,
  auth_time: seconds,
  amr: ['pwd'],
  roles: ['user'],
})

const importPublic = async (jwk: Record<string, unknown> | null): Promise<CryptoKey | null> => {
  if (!jwk) return null
  const key = await importJWK(jwk, String(jwk.alg), { extractable: true })
  return key instanceof CryptoKey ? key : null
}

/** @param text a good token @param seconds now, since 1970 */
export const aimAt = async (text: string, published: Published, seconds: number): Promise<Target> => {
  const [head, body] = partsOf(text)
  const header = readPart(head)
  const readable = text.split('.').length === 3
  const { jwks, revocations, origin } = published
  const keys = isRecord(jwks) && Array.isArray(jwks.keys) ? jwks.keys.filter(isRecord) : []
  const jwk = keys.find(({ kid }) => kid === header?.kid) ?? keys[0] ?? null
  const kid = (readable && header?.kid) || jwk?.kid
  return {
    text,
    header: {
      alg: String((readable && header?.alg) || (jwk?.alg ?? 'ES256')),
      typ: 'at+jwt',
      kid: typeof kid === 'string' ? kid : 'unknown',
    },
    claims: (readable && readPart(body)) || guessedClaims(origin, seconds),
    jwk,
    publicKey: await importPublic(jwk),
    revocations,
  }
}
