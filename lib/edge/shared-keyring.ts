// The HS256 keys at the edge, derived from the environment since no key set holds them. Only where JWT_ALG asks for it:
// whoever has such a key could mint with it, even though it is imported here for verifying alone.
import type { Keyring } from '../core/keyring'
import { deriveSharedKey, keyringOf } from '../core/shared-key'
import { type Env, secretsOf } from '../env'

export const sharedKeyring = async (settings: Env): Promise<Keyring> => {
  if (settings.JWT_ALG !== 'HS256') return new Map()
  return keyringOf(await Promise.all(secretsOf(settings).map((secret) => deriveSharedKey(secret, ['verify']))))
}
