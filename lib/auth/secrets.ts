// Keys derived from AUTH_SECRET with HKDF (RFC 5869), one for each purpose, so that none can stand in for another.
import { hkdfSync, webcrypto } from 'node:crypto'
import { deriveSharedKey, type SharedKey } from '../core/shared-key'

export type Secrets = {
  /** HMAC keys of refresh tokens: the first signs, all verify. */
  refresh: readonly webcrypto.CryptoKey[]
  /** AES-256-GCM keys that seal private signing keys: the first seals, all open. */
  sealing: readonly Uint8Array[]
  /** The same for mail that waits to be delivered. */
  mail: readonly Uint8Array[]
  /** HS256 keys of access tokens, for those who set JWT_ALG so: the first signs, all verify. */
  shared: readonly SharedKey[]
  /** HMAC key of mailed codes. */
  codes: Uint8Array
  /** iron-session passwords by id; the highest id seals. */
  flow: Readonly<Record<string, string>>
}

const derive = (secret: string, purpose: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(hkdfSync('sha256', Buffer.from(secret, 'base64url'), 'handstamp', purpose, 32))

const hmacKey = (bytes: Uint8Array<ArrayBuffer>) =>
  webcrypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])

/** @param previous the secret before this one: what it made is still read, nothing new is made with it */
export const deriveSecrets = async (current: string, previous: string | undefined): Promise<Secrets> => {
  const all = previous === undefined ? [current] : [current, previous]
  const passwords = all.map((secret) => Buffer.from(derive(secret, 'flow seal')).toString('base64url'))
  return {
    refresh: await Promise.all(all.map((secret) => hmacKey(derive(secret, 'refresh mac')))),
    sealing: all.map((secret) => derive(secret, 'key sealing')),
    mail: all.map((secret) => derive(secret, 'outbox seal')),
    shared: await Promise.all(all.map((secret) => deriveSharedKey(secret, ['sign', 'verify']))),
    codes: derive(current, 'mailed code'),
    flow: Object.fromEntries(passwords.reverse().map((password, i) => [String(i + 1), password])),
  }
}
