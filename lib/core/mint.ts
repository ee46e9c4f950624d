// Makes access tokens. Imported in Node only: the edge verifies and can't mint.
import { SignJWT } from 'jose/jwt/sign'
import type { AccessClaims } from './claims'
import type { Algorithm } from './keyring'
import { accessTokenType } from './token'

export type SigningKey = { kid: string; alg: Algorithm; key: CryptoKey }

/** Claims → compact JWS with exactly the header members that the verifier allows. */
export const mintAccessToken = (claims: AccessClaims, { kid, alg, key }: SigningKey): Promise<string> =>
  new SignJWT({ ...claims, amr: [...claims.amr], roles: [...claims.roles] })
    .setProtectedHeader({ alg, typ: accessTokenType, kid })
    .sign(key)
