// The claims of an access token (RFC 7519 §4, RFC 9068 §2.2): their shapes and limits. Knows no signature and no key.
import type { Trace } from './trace'
import type { TokenReason } from './verdict'

/** Times are whole seconds since 1970 (NumericDate). Nothing here is personal: no e-mail, no name. */
export type AccessClaims = {
  iss: string
  aud: string
  sub: string
  sid: string
  gen: number
  epoch: number
  jti: string
  iat: number
  exp: number
  auth_time: number
  amr: readonly string[]
  roles: readonly string[]
  /** Who asked for it (RFC 9068 §2.2): only in tokens that travel as a bearer's, never in those of cookies. */
  client_id?: string
}

export type Expected = {
  issuer: string
  audience: string
  /** Longest life of a token, seconds. */
  accessTtl: number
  /** Longest time since the person last proved who they are, seconds. */
  absoluteTtl: number
  /** Keys of encrypted tokens. Without them an encrypted one is refused. */
  unsealWith?: readonly Uint8Array[]
}

/** How far ahead of ours the clock of the server that issued may run, seconds. */
const clockSkew = 60

const userId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const randomId = /^[A-Za-z0-9_-]{22}$/
const method = /^[a-z]{2,16}$/
const clientId = /^[A-Za-z0-9_-]{1,64}$/
const role = /^[a-z][a-z0-9_-]{0,31}$/

const isText = (value: unknown, pattern: RegExp): value is string => typeof value === 'string' && pattern.test(value)
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const isList = (value: unknown, pattern: RegExp, most: number): value is string[] =>
  Array.isArray(value) && value.length <= most && value.every((item) => isText(item, pattern))

/** Longest life of a personal access token, seconds. */
export const personalTokenMost = 365 * 86_400

/** Who one is was proven for a personal access token once, when it was made; otherwise within a session. */
export const isProofTooOld = (
  { amr, auth_time }: Pick<AccessClaims, 'amr' | 'auth_time'>,
  { absoluteTtl }: Pick<Expected, 'absoluteTtl'>,
  seconds: number,
): boolean => auth_time < seconds - (isPersonal({ amr }) ? personalTokenMost : absoluteTtl)

/** Whether a token was had for a personal access token (`amr` of `pat` alone): its `sid` names no session. */
export const isPersonal = ({ amr }: Pick<AccessClaims, 'amr'>): boolean => amr.length === 1 && amr[0] === 'pat'

/**
 * Reads the claims of a token whose signature is already known to be good. Unknown claims are dropped.
 * @param now milliseconds since 1970
 * @returns the claims, or the first rule they break; `claims` means a missing claim or one of the wrong shape
 */
export const readClaims = (
  payload: ReadonlyMap<string, unknown>,
  expected: Expected,
  now: number,
  trace?: Trace,
): { ok: true; claims: AccessClaims } | { ok: false; reason: TokenReason } => {
  const refuse = (reason: TokenReason) => ({ ok: false as const, reason })
  const [iss, aud, sub, sid, jti] = ['iss', 'aud', 'sub', 'sid', 'jti'].map((name) => payload.get(name))
  const [gen, epoch, iat, exp, auth_time] = ['gen', 'epoch', 'iat', 'exp', 'auth_time'].map((name) => payload.get(name))
  const amr = payload.get('amr')
  const roles = payload.get('roles')
  const nbf = payload.get('nbf')
  const client_id = payload.get('client_id')

  if (iss !== expected.issuer) return refuse('iss')
  trace?.('iss')
  // One audience, as a string: a token good at several places can be replayed at each (RFC 7519 §4.1.3).
  if (aud !== expected.audience) return refuse('aud')
  trace?.('aud')
  if (!isText(sub, userId) || !isText(sid, randomId) || !isText(jti, randomId)) return refuse('claims')
  if (!isCount(gen) || gen < 1 || !isCount(epoch)) return refuse('claims')
  if (!isCount(iat) || !isCount(exp) || !isCount(auth_time)) return refuse('claims')
  if (nbf !== undefined && !isCount(nbf)) return refuse('claims')
  if (!isList(amr, method, 8) || amr.length === 0 || !isList(roles, role, 32)) return refuse('claims')
  if (client_id !== undefined && !isText(client_id, clientId)) return refuse('claims')
  trace?.('claims')

  const seconds = now / 1000
  if (iat > seconds + clockSkew || (nbf !== undefined && nbf > seconds)) return refuse('not_yet_valid')
  trace?.('iat')
  if (exp <= iat || exp - iat > expected.accessTtl) return refuse('lifetime')
  trace?.('lifetime')
  if (auth_time > iat || isProofTooOld({ amr, auth_time }, expected, seconds)) return refuse('auth_time')
  trace?.('auth_time')
  if (exp <= seconds) return refuse('expired')
  trace?.('exp')
  return {
    ok: true,
    claims: {
      iss: expected.issuer,
      aud: expected.audience,
      sub,
      sid,
      gen,
      epoch,
      jti,
      iat,
      exp,
      auth_time,
      amr,
      roles,
      ...(client_id !== undefined && { client_id }),
    },
  }
}
