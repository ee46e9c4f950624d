// Verifies an access token with WebCrypto and no package:
// node verify-webcrypto.mjs - --jwks URL --issuer ISS --audience AUD [--revocations URL]
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

/** By `alg`: how to import a key and how to verify with it. The key's own `alg` chooses, never the token's. */
/** @type {Map<unknown, { imported: RsaHashedImportParams | EcKeyImportParams | Algorithm, used: AlgorithmIdentifier | EcdsaParams | RsaPssParams }>} */
const algorithms = new Map([
  ['ES256', { imported: { name: 'ECDSA', namedCurve: 'P-256' }, used: { name: 'ECDSA', hash: 'SHA-256' } }],
  ['EdDSA', { imported: { name: 'Ed25519' }, used: { name: 'Ed25519' } }],
  ['RS256', { imported: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, used: { name: 'RSASSA-PKCS1-v1_5' } }],
  ['PS256', { imported: { name: 'RSA-PSS', hash: 'SHA-256' }, used: { name: 'RSA-PSS', saltLength: 32 } }],
])
const compact = /^[\w-]+\.[\w-]+\.[\w-]+$/
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Thrown with a reason code of docs/verify.md. @param {string} reason @returns {never} */
const refuse = (reason) => {
  throw Object.assign(new Error(reason), { reason })
}

/** @param {string} part @returns {Record<string, unknown>} */
const objectOf = (part) => {
  try {
    const value = JSON.parse(utf8.decode(Buffer.from(part, 'base64url')))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {}
  return refuse('malformed')
}
/** @param {unknown} value @returns {value is number} */
const isCount = (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

/** @param {string} url */
const get = async (url) => {
  const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(5_000) })
  return answer.ok ? answer.text() : refuse('unavailable')
}

/** The key set, fetched again for an unknown kid at most once in ten seconds. @param {string} url */
const openKeySet = (url) => {
  /** @type {Map<unknown, JsonWebKey>} */
  let keys = new Map()
  let askedAt = Number.NEGATIVE_INFINITY
  return async (/** @type {unknown} */ kid) => {
    if (!keys.has(kid) && Date.now() - askedAt >= 10_000) {
      askedAt = Date.now()
      const { keys: listed } = JSON.parse(await get(url))
      keys = new Map(listed.map((/** @type {JsonWebKey & { kid: string }} */ jwk) => [jwk.kid, jwk]))
    }
    return keys.get(kid) ?? refuse('unknown_kid')
  }
}

/**
 * @param {string} token
 * @param {string} typ
 * @param {number} most bytes
 * @param {ReturnType<typeof openKeySet>} keyFor
 */
const openSigned = async (token, typ, most, keyFor) => {
  if (token.length > most) refuse('too_large')
  if (!compact.test(token)) refuse('malformed')
  const [head = '', body = '', signature = ''] = token.split('.')
  const header = objectOf(head)
  // A key named by the token (jwk, jku, x5u) is the attacker's; crit asks for what we do not know.
  if (Object.keys(header).sort().join() !== 'alg,kid,typ' || typeof header.kid !== 'string') refuse('header')
  if (header.typ !== typ) refuse('typ')
  const jwk = await keyFor(header.kid)
  const algorithm = algorithms.get(jwk.alg)
  if (!algorithm || header.alg !== jwk.alg) return refuse('alg')
  const key = await crypto.subtle.importKey('jwk', jwk, algorithm.imported, false, ['verify'])
  const signed = new TextEncoder().encode(`${head}.${body}`)
  const good = await crypto.subtle.verify(algorithm.used, key, Buffer.from(signature, 'base64url'), signed)
  return good ? objectOf(body) : refuse('signature')
}

/** @param {Record<string, unknown>} list @param {Record<string, unknown>} claims */
const isRevoked = async (list, { iat, epoch, sub, sid }) => {
  if (Number(iat) < Number(list.nbf_all)) return true
  const least = new Map(Object.entries(list.epochs ?? {})).get(String(sub))
  if (least !== undefined && Number(epoch) < least) return true
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(String(sid)))
  return Array.isArray(list.sids) && list.sids.includes(Buffer.from(digest).subarray(0, 16).toString('base64url'))
}

/**
 * @param {string} token
 * @param {{ jwks: string, issuer: string, audience: string, revocations?: string }} options
 * @returns the claims
 */
const verify = async (token, { jwks, issuer, audience, revocations }) => {
  const keyFor = openKeySet(jwks)
  const claims = await openSigned(token, 'at+jwt', 4096, keyFor)
  const seconds = Date.now() / 1000
  if (claims.iss !== issuer) refuse('iss')
  // One audience, as a string: a token good at several places can be replayed at each.
  if (claims.aud !== audience) refuse('aud')
  if (![claims.sub, claims.sid, claims.jti].every((value) => typeof value === 'string')) refuse('claims')
  const { iat, exp, epoch } = claims
  if (!isCount(iat) || !isCount(exp) || !isCount(epoch)) return refuse('claims')
  if (iat > seconds + 60) refuse('not_yet_valid')
  if (exp <= seconds) refuse('expired')
  if (revocations) {
    const text = await get(revocations)
    // Whatever is wrong with the list is not the token's fault.
    const list = await openSigned(text, 'revocations+jwt', 160_000, keyFor).catch(() => refuse('unavailable'))
    const { iat: asOf, nbf_all } = list
    if (list.iss !== issuer || !isCount(asOf) || !isCount(nbf_all) || !Array.isArray(list.sids)) refuse('unavailable')
    if (Math.abs(seconds - Number(asOf)) > 15) refuse('unavailable')
    if (await isRevoked(list, claims)) refuse('revoked')
  }
  return claims
}

const text = { type: /** @type {const} */ ('string') }
const options = { jwks: text, issuer: text, audience: text, revocations: text }
const { positionals, values } = parseArgs({ options, allowPositionals: true })
const { jwks, issuer, audience, revocations } = values
const [given] = positionals
if (!given || !jwks || !issuer || !audience) throw new Error('TOKEN|- --jwks URL --issuer ISS --audience AUD')
try {
  const token = given === '-' ? readFileSync(0, 'utf8').replace(/\n$/, '') : given
  const { sub } = await verify(token, { jwks, issuer, audience, revocations })
  console.log(JSON.stringify({ ok: true, sub }))
} catch (error) {
  const reason = error instanceof Error && 'reason' in error ? error.reason : 'unavailable'
  console.log(JSON.stringify({ ok: false, reason }))
  process.exitCode = 1
}
