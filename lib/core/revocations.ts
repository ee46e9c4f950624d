// The revocation snapshot: what was ended while its access tokens may still be alive. A signed JWT of a type of its own,
// so that no token of another kind passes for it; small, since access tokens live for minutes.
import { encodeBase64url } from './base64url'
import type { AccessClaims } from './claims'
import type { Keyring } from './keyring'
import { openSigned } from './signed'

export const revocationsType = 'revocations+jwt'

/** A list longer than this is folded into a not-before for everybody. */
export const mostListed = 4_000
/** 4,000 hashes of 22 characters in base64url, with room. */
const mostBytes = 160_000

export type Revocations = {
  /** Grows with every end and never goes back: a snapshot with a smaller one is an old one played again. */
  sequence: number
  /** When it was true, seconds. */
  asOf: number
  /** Tokens issued before this are refused, whoever's they are; seconds, 0 for none. */
  notBefore: number
  /** Hashes of the ids of ended sessions: the list is public, and a sid is nobody else's business. */
  sids: ReadonlySet<string>
  /** For users whose sessions were all ended: the epoch that their tokens must have. */
  epochs: ReadonlyMap<string, number>
}

/** First half of SHA-256 of a sid, base64url. */
export const hashSid = async (sid: string): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(sid))
  return encodeBase64url(new Uint8Array(digest).subarray(0, 16))
}

/** Claims of the JWT: `seq`, `nbf_all`, `sids` and `epochs` beside `iss` and `iat`. */
export const revocationClaims = (issuer: string, { sequence, asOf, notBefore, sids, epochs }: Revocations) => ({
  iss: issuer,
  iat: asOf,
  seq: sequence,
  nbf_all: notBefore,
  sids: [...sids],
  epochs: Object.fromEntries(epochs),
})

/**
 * As long as the list is short it names what was ended. A longer one refuses every token issued until now instead:
 * whoever still has a session gets a new token by refreshing, and nobody is signed out.
 */
export const folded = (snapshot: Revocations): Revocations =>
  snapshot.sids.size + snapshot.epochs.size <= mostListed
    ? snapshot
    : { ...snapshot, notBefore: snapshot.asOf, sids: new Set(), epochs: new Map() }

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A snapshot that we have signed for this issuer, or `null` for anything else. */
export const readRevocations = async (text: string, keyring: Keyring, issuer: string): Promise<Revocations | null> => {
  const opened = await openSigned(text, revocationsType, keyring, mostBytes)
  if (!opened.ok || opened.members.get('iss') !== issuer) return null
  const [asOf, sequence, notBefore] = ['iat', 'seq', 'nbf_all'].map((name) => opened.members.get(name))
  const [sids, epochs] = [opened.members.get('sids'), opened.members.get('epochs')]
  if (!isCount(asOf) || !isCount(sequence) || !isCount(notBefore) || !isTexts(sids) || !isRecord(epochs)) return null
  const entries = Object.entries(epochs).filter((entry): entry is [string, number] => isCount(entry[1]))
  if (entries.length !== Object.keys(epochs).length) return null
  return { sequence, asOf, notBefore, sids: new Set(sids), epochs: new Map(entries) }
}

/** Whether `next` may take the place of `kept`: an older one is a replay. The sequence has the say: clocks go back. */
export const supersedes = (next: Revocations, kept: Revocations | null): boolean =>
  kept === null || next.sequence > kept.sequence || (next.sequence === kept.sequence && next.asOf >= kept.asOf)

type Named = Pick<AccessClaims, 'sub' | 'sid' | 'epoch' | 'iat'>

/** Of claims that are remembered, for as long as they are: a hash costs more than the rest of the look. */
const hashes = new WeakMap<Named, string>()

const hashOf = async (claims: Named): Promise<string> => {
  const hash = await hashSid(claims.sid)
  hashes.set(claims, hash)
  return hash
}

/** Whether a token that is good by itself was ended since; a promise only where its sid was not hashed yet. */
export const isRevoked = ({ notBefore, sids, epochs }: Revocations, claims: Named): boolean | Promise<boolean> => {
  if (claims.iat < notBefore) return true
  const needed = epochs.get(claims.sub)
  if (needed !== undefined && claims.epoch < needed) return true
  if (sids.size === 0) return false
  const hash = hashes.get(claims)
  return hash === undefined ? hashOf(claims).then((made) => sids.has(made)) : sids.has(hash)
}
