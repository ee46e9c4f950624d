// The HS256 keys at the edge, derived from the environment since no key set holds them. Only where JWT_ALG asks for it:
// whoever has such a key could mint with it, even though it is imported here for verifying alone.
import type { Keyring } from '../core/keyring'
import { deriveSharedKey, keyringOf } from '../core/shared-key'
import type { Env } from '../env'

export const sharedKeyring = async ({ JWT_ALG, AUTH_SECRET, AUTH_SECRET_PREVIOUS }: Env): Promise<Keyring> => {
  if (JWT_ALG !== 'HS256') return new Map()
  const secrets = [AUTH_SECRET, AUTH_SECRET_PREVIOUS].filter((secret) => secret !== undefined)
  return keyringOf(await Promise.all(secrets.map((secret) => deriveSharedKey(secret, ['verify']))))
}
