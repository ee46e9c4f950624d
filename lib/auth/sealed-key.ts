// Private signing keys at rest: sealed with a key derived from AUTH_SECRET, and made here.
import { compactDecrypt } from 'jose/jwe/compact/decrypt'
import { CompactEncrypt } from 'jose/jwe/compact/encrypt'
import { calculateJwkThumbprint } from 'jose/jwk/thumbprint'
import { exportJWK } from 'jose/key/export'
import { generateKeyPair } from 'jose/key/generate/keypair'
import type { Algorithm } from '../core/algorithms'
import { AppError } from '../core/errors'
import type { SigningKeyRow } from '../db/signing-keys'
import type { Secrets } from './secrets'

export const otherSecret = () =>
  new AppError('misconfigured', {
    detail:
      'AUTH_SECRET is not the one that sealed the signing keys. Put that one back, or set it as AUTH_SECRET_PREVIOUS.',
    retryAfter: 30,
  })

export const seal = (jwk: object, [key]: readonly Uint8Array[]): Promise<string> => {
  if (!key) throw new Error('There is no key to seal with')
  const plain = new TextEncoder().encode(JSON.stringify(jwk))
  return new CompactEncrypt(plain).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(key)
}

type Unsealed = { jwk: Record<string, unknown> /** Sealed with the secret before this one. */; outdated: boolean }

/** @throws AppError `misconfigured` when none of the keys has sealed it */
export const unseal = async (sealed: string, keys: readonly Uint8Array[]): Promise<Unsealed> => {
  for (const [i, key] of keys.entries()) {
    try {
      const { plaintext } = await compactDecrypt(sealed, key, {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      })
      return { jwk: JSON.parse(new TextDecoder().decode(plaintext)), outdated: i > 0 }
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ERR_JWE_DECRYPTION_FAILED')) throw error
    }
  }
  throw otherSecret()
}

/** A pair, or what stands for the key that both sides derive. RSA takes a while, beside the event loop. */
const makePair = async (alg: Algorithm, secrets: Secrets) => {
  if (alg === 'HS256') {
    const [shared] = secrets.shared
    if (!shared) throw new Error('There is no HS256 key')
    return { kid: shared.kid, publicJwk: {}, sealedPrivateJwk: '' }
  }
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true, modulusLength: 2048 })
  const publicJwk = await exportJWK(publicKey)
  const kid = await calculateJwkThumbprint(publicJwk)
  return {
    kid,
    publicJwk: { ...publicJwk, alg, use: 'sig', kid },
    sealedPrivateJwk: await seal(await exportJWK(privateKey), secrets.sealing),
  }
}

/** A new key, not yet written. */
export const makeKey = async (
  alg: Algorithm,
  state: 'active' | 'next',
  secrets: Secrets,
  now: number,
): Promise<SigningKeyRow> => ({
  ...(await makePair(alg, secrets)),
  alg,
  state,
  createdAt: now,
  activatedAt: state === 'active' ? now : null,
  retiredAt: null,
})
