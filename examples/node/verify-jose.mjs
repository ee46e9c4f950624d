// Verifies an access token with jose: node verify-jose.mjs - --jwks URL --issuer ISS --audience AUD [--revocations URL]
// What jose does not ask for by itself (docs/verify.md) is checked around it. A service imports openVerifier.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { createRemoteJWKSet, decodeProtectedHeader, errors, jwtVerify } from 'jose'

/** @typedef {{ ok: true, sub: string, claims: import('jose').JWTPayload } | { ok: false, reason: string }} Verdict */
/** @typedef {{ jwks: string, issuer: string, audience: string, revocations?: string }} Options */

const algorithms = ['ES256', 'EdDSA', 'RS256', 'PS256']
const compact = /^[\w-]+\.[\w-]+\.[\w-]+$/
const skew = 60
/** A revocation list older than this is none, seconds. */
const oldest = 15

/** @type {Record<string, string>} */
const reasonOfCode = {
  ERR_JWKS_NO_MATCHING_KEY: 'unknown_kid',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'signature',
  ERR_JOSE_ALG_NOT_ALLOWED: 'alg',
  ERR_JOSE_NOT_SUPPORTED: 'alg',
  ERR_JWT_EXPIRED: 'expired',
  ERR_JWS_INVALID: 'malformed',
  ERR_JWT_INVALID: 'malformed',
}

/** @param {unknown} error */
const reasonOf = (error) => {
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'iss' || error.claim === 'aud') return error.claim
    return error.claim === 'nbf' && error.reason === 'check_failed' ? 'not_yet_valid' : 'claims'
  }
  return error instanceof errors.JOSEError ? (reasonOfCode[error.code] ?? 'unavailable') : 'unavailable'
}

/** @param {unknown} value */
const isCount = (value) => Number.isSafeInteger(value) && Number(value) >= 0

/** @param {import('jose').JWTPayload} list */
const isYoung = (list) => Math.abs(Date.now() / 1000 - Number(list.iat)) <= oldest

/** @param {string} token @param {string} typ @param {number} most @returns {string | null} what is wrong with its form */
const formOf = (token, typ, most) => {
  if (token.length > most) return 'too_large'
  if (!compact.test(token)) return 'malformed'
  try {
    const header = decodeProtectedHeader(token)
    // A key named by the token (jwk, jku, x5u) is the attacker's; crit asks for what we do not know.
    if (Object.keys(header).sort().join() !== 'alg,kid,typ' || typeof header.kid !== 'string') return 'header'
    // jose would take "AT+JWT" and "application/at+jwt" too.
    return header.typ === typ ? null : 'typ'
  } catch {
    return 'malformed'
  }
}

/**
 * @param {Options} options
 * @returns {(token: string) => Promise<Verdict>}
 */
export const openVerifier = ({ jwks, issuer, audience, revocations }) => {
  // An unknown kid asks for the set again, at most once in ten seconds.
  const keys = createRemoteJWKSet(new URL(jwks), { cooldownDuration: 10_000, cacheMaxAge: 60_000 })
  /** @type {{ list: import('jose').JWTPayload, askedAt: number } | undefined} */
  let kept

  /** @param {string} url @returns a list that we have signed, no older than fifteen seconds */
  const fetchList = async (url) => {
    const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(5_000) })
    const text = await answer.text()
    if (!answer.ok || formOf(text, 'revocations+jwt', 160_000)) throw new Error('The revocation list is no list')
    const { payload: list } = await jwtVerify(text, keys, { algorithms, issuer })
    if (!isCount(list.iat) || !isCount(list.seq) || !isCount(list.nbf_all)) throw new Error('It lacks a claim')
    if (!Array.isArray(list.sids) || typeof list.epochs !== 'object') throw new Error('It lacks a claim')
    if (!isYoung(list)) throw new Error('It is too old')
    // One with a smaller sequence is an old one, played again.
    if (kept && Number(list.seq) < Number(kept.list.seq)) throw new Error('It has gone back')
    return list
  }

  /** @param {string} url */
  const currentList = async (url) => {
    if (kept && Date.now() - kept.askedAt < 2_000) return kept.list
    try {
      kept = { list: await fetchList(url), askedAt: Date.now() }
    } catch (error) {
      if (!kept || !isYoung(kept.list)) throw error
    }
    return kept.list
  }

  /** @param {string} url @param {import('jose').JWTPayload} claims */
  const isRevoked = async (url, { iat, epoch, sub, sid }) => {
    const list = await currentList(url)
    if (Number(iat) < Number(list.nbf_all)) return true
    const least = new Map(Object.entries(list.epochs ?? {})).get(String(sub))
    if (least !== undefined && Number(epoch) < least) return true
    const hash = createHash('sha256').update(String(sid)).digest().subarray(0, 16).toString('base64url')
    return Array.isArray(list.sids) && list.sids.includes(hash)
  }

  return async (token) => {
    const wrong = formOf(token, 'at+jwt', 4096)
    if (wrong) return { ok: false, reason: wrong }
    try {
      const requiredClaims = ['sub', 'sid', 'jti', 'iat', 'exp']
      const { payload: claims } = await jwtVerify(token, keys, { algorithms, issuer, audience, requiredClaims })
      // jose would take our audience out of a list.
      if (claims.aud !== audience) return { ok: false, reason: 'aud' }
      if (![claims.sub, claims.sid, claims.jti].every((value) => typeof value === 'string'))
        return { ok: false, reason: 'claims' }
      if (![claims.iat, claims.exp, claims.epoch].every(isCount)) return { ok: false, reason: 'claims' }
      if (Number(claims.iat) > Date.now() / 1000 + skew) return { ok: false, reason: 'not_yet_valid' }
      if (revocations) {
        // Whatever is wrong with the list is not the token's fault.
        const revoked = await isRevoked(revocations, claims).catch(() => null)
        if (revoked !== false) return { ok: false, reason: revoked ? 'revoked' : 'unavailable' }
      }
      return { ok: true, sub: String(claims.sub), claims }
    } catch (error) {
      return { ok: false, reason: reasonOf(error) }
    }
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const text = { type: /** @type {const} */ ('string') }
  const options = { jwks: text, issuer: text, audience: text, revocations: text }
  const { positionals, values } = parseArgs({ options, allowPositionals: true })
  const { jwks, issuer, audience, revocations } = values
  const [given] = positionals
  if (!given || !jwks || !issuer || !audience) throw new Error('TOKEN|- --jwks URL --issuer ISS --audience AUD')
  const token = given === '-' ? readFileSync(0, 'utf8').replace(/\n$/, '') : given
  const verdict = await openVerifier({ jwks, issuer, audience, revocations })(token)
  console.log(JSON.stringify(verdict.ok ? { ok: true, sub: verdict.sub } : verdict))
  process.exitCode = verdict.ok ? 0 : 1
}
