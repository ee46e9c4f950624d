// Signing keys: made at first need, sealed at rest, opened once per process. Two processes agree on one active key.

import { compactDecrypt } from 'jose/jwe/compact/decrypt'
import { CompactEncrypt } from 'jose/jwe/compact/encrypt'
import { calculateJwkThumbprint } from 'jose/jwk/thumbprint'
import { exportJWK } from 'jose/key/export'
import { generateKeyPair } from 'jose/key/generate/keypair'
import { importJWK } from 'jose/key/import'
import { AppError } from '../core/errors'
import { importKeyring, type Keyring } from '../core/keyring'
import type { SigningKey } from '../core/mint'
import type { Db } from '../db/client'
import { insertFirstKey, listLiveKeys, replaceSeal, type SigningKeyRow } from '../db/signing-keys'
import type { Secrets } from './secrets'

export type Keys = { jwks: { keys: Record<string, unknown>[] }; keyring: Keyring; signing: SigningKey }
export type KeyStore = (now: number) => Promise<Keys>

/** How long the keys of the database are taken as read, milliseconds. */
const freshness = 10_000

const seal = (jwk: object, [key]: readonly Uint8Array[]): Promise<string> => {
  if (!key) throw new Error('There is no key to seal with')
  const plain = new TextEncoder().encode(JSON.stringify(jwk))
  return new CompactEncrypt(plain).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(key)
}

type Unsealed = { jwk: Record<string, unknown> /** Sealed with the secret before this one. */; outdated: boolean }

const unseal = async (sealed: string, keys: readonly Uint8Array[]): Promise<Unsealed> => {
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
  throw new AppError('misconfigured', {
    detail:
      'AUTH_SECRET is not the one that sealed the signing keys. Put that one back, or set it as AUTH_SECRET_PREVIOUS.',
    retryAfter: 30,
  })
}

const makeKey = async (secrets: Secrets, now: number): Promise<SigningKeyRow> => {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const publicJwk = await exportJWK(publicKey)
  const kid = await calculateJwkThumbprint(publicJwk)
  return {
    kid,
    alg: 'ES256',
    state: 'active',
    publicJwk: { ...publicJwk, alg: 'ES256', use: 'sig', kid },
    sealedPrivateJwk: await seal(await exportJWK(privateKey), secrets.sealing),
    createdAt: now,
    activatedAt: now,
    retiredAt: null,
  }
}

/** Private keys that this process has opened, by kid: a new seal on one, by another process, is none of its business. */
type OpenedKeys = Map<string, CryptoKey>

const openSigningKey = async (db: Db, secrets: Secrets, row: SigningKeyRow, opened: OpenedKeys): Promise<CryptoKey> => {
  const known = opened.get(row.kid)
  if (known) return known
  const { jwk, outdated } = await unseal(row.sealedPrivateJwk, secrets.sealing)
  // Sealed anew with the present secret, so that the one before it can be taken away.
  if (outdated) await replaceSeal(db, row, await seal(jwk, secrets.sealing))
  const key = await importJWK(jwk, row.alg)
  if (!(key instanceof CryptoKey)) throw new Error('The stored signing keys cannot be used')
  opened.set(row.kid, key)
  return key
}

const openKeys = async (db: Db, secrets: Secrets, opened: OpenedKeys): Promise<Keys | null> => {
  const rows = await listLiveKeys(db)
  const active = rows.find(({ state }) => state === 'active')
  if (!active) return null
  const jwks = { keys: rows.map(({ publicJwk }) => publicJwk) }
  const keyring = await importKeyring(jwks)
  if (!keyring) throw new Error('The stored signing keys cannot be used')
  const key = await openSigningKey(db, secrets, active, opened)
  return { jwks, keyring, signing: { kid: active.kid, alg: active.alg, key } }
}

/** @returns a function that gives the keys, read from the database at most every ten seconds */
export const openKeyStore = (db: Db, secrets: Secrets): KeyStore => {
  const opened: OpenedKeys = new Map()
  let known: { keys: Promise<Keys>; at: number } | undefined
  const load = async (now: number): Promise<Keys> => {
    const keys = await openKeys(db, secrets, opened)
    if (keys) return keys
    await insertFirstKey(db, await makeKey(secrets, now))
    const made = await openKeys(db, secrets, opened)
    if (!made) throw new Error('No signing key is active')
    return made
  }
  return (now) => {
    if (known && Math.abs(now - known.at) < freshness) return known.keys
    const keys = load(now)
    known = { keys, at: now }
    // A failure is not remembered: the next caller tries again.
    keys.catch(() => {
      known = undefined
    })
    return keys
  }
}
