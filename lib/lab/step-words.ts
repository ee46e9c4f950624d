// Each step of the gate in words: what is asked, for everybody, and where engineers find it.
import type { GateStep } from '../core/gate-trace'

export type StepWords = { title: string; asks: string; source: string }

export const stepWords: Readonly<Record<GateStep, StepWords>> = {
  cookies: {
    title: 'One token',
    asks: 'Is there exactly one token? Two of one name count as none.',
    source: 'lib/core/carriers.ts; RFC 6265 §4.2',
  },
  keys: {
    title: 'Keys at hand',
    asks: 'Do we have our public keys? They are kept in memory and fetched anew once a minute.',
    source: 'lib/edge/keyring-source.ts; /.well-known/jwks.json (RFC 7517)',
  },
  unsealed: {
    title: 'Opened',
    asks: 'Can the encrypted envelope be opened with our secret?',
    source: 'JWE, dir + A256GCM (RFC 7516); code signature',
  },
  size: { title: 'Size', asks: 'Is it at most 4,096 characters?', source: 'code too_large' },
  form: {
    title: 'Form',
    asks: 'Are there three parts, each in its one spelling, and is the first a proper list of names and values?',
    source: 'RFC 7515 §7.1, RFC 4648 §3.5; code malformed',
  },
  header: {
    title: 'Header',
    asks: 'Does the header say which algorithm, type and key, and nothing more?',
    source: 'alg, typ, kid; code header',
  },
  typ: { title: 'Kind', asks: 'Is it an access token, and no other kind?', source: 'typ at+jwt (RFC 9068); code typ' },
  kid: { title: 'Key', asks: 'Does it name a key of ours?', source: 'kid (RFC 7638); code unknown_kid' },
  alg: {
    title: 'Algorithm',
    asks: 'Is it signed in the way that this key is for? The token has no say in that.',
    source: 'RFC 8725 §3.1; code alg',
  },
  signature: {
    title: 'Signature',
    asks: 'Did the server sign exactly these words? One changed letter, and it did not.',
    source: 'RFC 7515 §5.2; code signature',
  },
  payload: {
    title: 'Payload',
    asks: 'Are the claims readable, each of them once?',
    source: 'RFC 8725 §3.7; malformed',
  },
  iss: { title: 'Issuer', asks: 'Was it made here?', source: 'iss (RFC 7519 §4.1.1); code iss' },
  aud: { title: 'Audience', asks: 'Was it made for this app?', source: 'aud (RFC 7519 §4.1.3); code aud' },
  claims: {
    title: 'Claims',
    asks: 'Is every claim there, and of the right shape?',
    source: 'RFC 9068 §2.2; code claims',
  },
  iat: { title: 'Not too early', asks: 'Was it made before now?', source: 'iat, nbf; code not_yet_valid' },
  lifetime: {
    title: 'Not too long',
    asks: 'Is it made for no longer than we make them?',
    source: 'exp − iat; code lifetime',
  },
  auth_time: {
    title: 'Proof',
    asks: 'Did the person prove who they are recently enough?',
    source: 'auth_time (OpenID Connect Core §2); code auth_time',
  },
  exp: { title: 'Not expired', asks: 'Is it still good now?', source: 'exp (RFC 7519 §4.1.4); code expired' },
  revocations: {
    title: 'Not ended',
    asks: 'Is the session on the short list of those that were ended a moment ago?',
    source: '/.well-known/revocations, a copy at most 2 s old',
  },
  identity: {
    title: 'One person',
    asks: 'Do all tokens of this request belong to one session?',
    source: 'sid; code mixed_identity',
  },
}
