// The compact form of a JWS (RFC 7515 §7.1) as we accept it: one spelling, three header members, a bounded size.
import { decodeBase64url, isCanonicalBase64url } from './base64url'
import { parseStrictJsonObject } from './strict-json'
import type { Trace } from './trace'
import type { TokenReason } from './verdict'

export const maxTokenBytes = 4096

/** Only these: jose ignores a signed `jku`, `jwk`, `x5u`, `zip` or `b64`, we refuse the token that carries one. */
const allowedMembers = new Set(['alg', 'typ', 'kid'])
const kidShape = /^[A-Za-z0-9_-]{1,64}$/

export type CompactHeader = { alg: string; typ: string; kid: string }

/** Header of a well-formed token, read before its signature is known: for choosing a key, never to be trusted. */
export const readCompactHeader = (
  token: string,
  most = maxTokenBytes,
  trace?: Trace,
): { ok: true; header: CompactHeader } | { ok: false; reason: TokenReason } => {
  if (token.length > most) return { ok: false, reason: 'too_large' }
  trace?.('size')
  const parts = token.split('.', 4)
  const [head, body, signature] = parts
  if (parts.length !== 3 || !head || !body || !signature) return { ok: false, reason: 'malformed' }
  if (!isCanonicalBase64url(body) || !isCanonicalBase64url(signature)) return { ok: false, reason: 'malformed' }
  const bytes = decodeBase64url(head)
  const members = bytes && parseStrictJsonObject(bytes)
  if (!members) return { ok: false, reason: 'malformed' }
  trace?.('form')
  for (const name of members.keys()) if (!allowedMembers.has(name)) return { ok: false, reason: 'header' }
  const [alg, typ, kid] = [members.get('alg'), members.get('typ'), members.get('kid')]
  if (typeof alg !== 'string' || typeof typ !== 'string') return { ok: false, reason: 'header' }
  if (typeof kid !== 'string' || !kidShape.test(kid)) return { ok: false, reason: 'header' }
  trace?.('header')
  return { ok: true, header: { alg, typ, kid } }
}
