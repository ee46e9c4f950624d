// Twins of the visitor's token: the same claims as every algorithm would sign them, by keys of the lab's own. They say
// that they are of the lab, live two minutes, and the app refuses every one: only they may be copied.
import { compactDecrypt } from 'jose/jwe/compact/decrypt'
import { CompactEncrypt } from 'jose/jwe/compact/encrypt'
import { SignJWT } from 'jose/jwt/sign'
import { jwtVerify } from 'jose/jwt/verify'
import { generateKeyPair } from 'jose/key/generate/keypair'
import { elapsed } from '../clock'
import { encodeBase64url } from '../core/base64url'
import type { AccessClaims } from '../core/claims'

const twinType = 'lab+jwt'
const twinAudience = 'lab'
/** Seconds. */
export const twinLife = 120

export const twinKinds = ['ES256', 'EdDSA', 'RS256', 'HS256', 'encrypted'] as const
export type TwinKind = (typeof twinKinds)[number]

export type Twin = {
  kind: TwinKind
  text: string
  /** Microseconds, the median of some tries on this server just now: to make one, and to check one. */
  makes: number
  checks: number
}

type Key = CryptoKey | Uint8Array
type Pair = { sign: Key; verify: Key }

let keys: Promise<Record<TwinKind, Pair>> | undefined

const makePair = async (kind: TwinKind): Promise<Pair> => {
  if (kind === 'HS256' || kind === 'encrypted') {
    const secret = crypto.getRandomValues(new Uint8Array(32))
    return { sign: secret, verify: secret }
  }
  const { privateKey, publicKey } = await generateKeyPair(kind)
  return { sign: privateKey, verify: publicKey }
}

/** Made when somebody first looks, and gone with the process. */
const labKeys = (): Promise<Record<TwinKind, Pair>> => {
  keys ??= Promise.all(twinKinds.map(async (kind) => [kind, await makePair(kind)] as const)).then(
    (pairs) => Object.fromEntries(pairs) as Record<TwinKind, Pair>,
  )
  return keys
}

const make = async (kind: TwinKind, claims: Record<string, unknown>, pairs: Record<TwinKind, Pair>) => {
  const alg = kind === 'encrypted' ? 'ES256' : kind
  const signed = await new SignJWT(claims).setProtectedHeader({ alg, typ: twinType }).sign(pairs[alg].sign)
  if (kind !== 'encrypted') return signed
  return new CompactEncrypt(new TextEncoder().encode(signed))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', cty: 'JWT' })
    .encrypt(pairs.encrypted.sign)
}

const check = async (kind: TwinKind, text: string, pairs: Record<TwinKind, Pair>, at: Date): Promise<unknown> => {
  const expected = { audience: twinAudience, typ: twinType, currentDate: at }
  if (kind !== 'encrypted') return jwtVerify(text, pairs[kind].verify, { ...expected, algorithms: [kind] })
  const { plaintext } = await compactDecrypt(text, pairs.encrypted.verify)
  return jwtVerify(plaintext, pairs.ES256.verify, { ...expected, algorithms: ['ES256'] })
}

/** Microseconds; the median, as a single try tells more of what else the machine does. */
const timed = async (run: () => Promise<unknown>): Promise<number> => {
  const took: number[] = []
  for (let i = 0; i < 5; i++) {
    const began = elapsed()
    await run()
    took.push(elapsed() - began)
  }
  return Math.round((took.sort((a, b) => a - b)[2] ?? 0) * 1000)
}

const randomId = () => encodeBase64url(crypto.getRandomValues(new Uint8Array(16)))

/** @param now milliseconds */
export const makeTwins = async (claims: AccessClaims, now: number): Promise<Twin[]> => {
  const pairs = await labKeys()
  const iat = Math.floor(now / 1000)
  // Whoever pastes it somewhere tells nobody which session it was made of.
  const own = { ...claims, sid: randomId(), jti: randomId(), aud: twinAudience, iat, exp: iat + twinLife }
  const twins: Twin[] = []
  for (const kind of twinKinds) {
    const text = await make(kind, own, pairs)
    const makes = await timed(() => make(kind, own, pairs))
    const checks = await timed(() => check(kind, text, pairs, new Date(now)))
    twins.push({ kind, text, makes, checks })
  }
  return twins
}
