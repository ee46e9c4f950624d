// The HS256 key: derived from AUTH_SECRET, never stored, never published. Whoever can verify with it can mint with it.
import { encodeBase64url } from './base64url'
import { deriveKey } from './derived-key'
import type { Keyring } from './keyring'

export type SharedKey = { kid: string; key: CryptoKey }

/**
 * The kid is derived for a purpose of its own, so that it looks like a thumbprint and tells nothing of the key.
 * @param usages `verify` alone where nothing is to be minted
 */
export const deriveSharedKey = async (secret: string, usages: ('sign' | 'verify')[]): Promise<SharedKey> => ({
  kid: encodeBase64url(await deriveKey(secret, 'HS256 kid')),
  key: await crypto.subtle.importKey(
    'raw',
    await deriveKey(secret, 'HS256 access token'),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    usages,
  ),
})

export const keyringOf = (keys: readonly SharedKey[]): Keyring =>
  new Map(keys.map(({ kid, key }) => [kid, { alg: 'HS256', key }]))
