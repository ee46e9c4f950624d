// Makes access tokens and revocation snapshots. Imported in Node only: the edge verifies and can't mint.
import { CompactEncrypt } from 'jose/jwe/compact/encrypt'
import { SignJWT } from 'jose/jwt/sign'
import type { Algorithm } from './algorithms'
import type { AccessClaims } from './claims'
import { type Revocations, revocationClaims, revocationsType } from './revocations'
import { sealedHeader } from './sealed-token'
import { accessTokenType } from './token'

export type SigningKey = { kid: string; alg: Algorithm; key: CryptoKey }

/** Claims → compact JWS with exactly the header members that the verifier allows. */
export const mintAccessToken = (claims: AccessClaims, { kid, alg, key }: SigningKey): Promise<string> =>
  new SignJWT({ ...claims, amr: [...claims.amr], roles: [...claims.roles] })
    .setProtectedHeader({ alg, typ: accessTokenType, kid })
    .sign(key)

/** Access token → the same inside a JWE: signed first, then encrypted, never compressed (RFC 8725 §3.6). */
export const sealAccessToken = (token: string, key: Uint8Array): Promise<string> =>
  new CompactEncrypt(new TextEncoder().encode(token)).setProtectedHeader(sealedHeader).encrypt(key)

/** Snapshot → compact JWS of its own type. */
export const mintRevocations = (
  snapshot: Revocations,
  issuer: string,
  { kid, alg, key }: SigningKey,
): Promise<string> =>
  new SignJWT(revocationClaims(issuer, snapshot)).setProtectedHeader({ alg, typ: revocationsType, kid }).sign(key)
