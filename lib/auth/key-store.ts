// The signing keys of this process: made, activated and retired when it is time, opened once. Processes agree by the
// database: each decides the same from the same rows, and of two that write only one can win.
import { importJWK } from 'jose/key/import'
import { decideKeyStep, type KeyPolicy, type KeyRules, type KeyStep, storeFreshness } from '../core/key-life'
import { importKeyring, type Keyring } from '../core/keyring'
import type { SigningKey } from '../core/mint'
import { keyringOf } from '../core/shared-key'
import type { Db } from '../db/client'
import {
  activateKey,
  dropKey,
  listLiveKeys,
  replaceSeal,
  retireKey,
  type SigningKeyRow,
  storeKey,
} from '../db/signing-keys'
import { log } from '../log'
import { makeKey, otherSecret, seal, unseal } from './sealed-key'
import type { Secrets } from './secrets'

export type Keys = { jwks: { keys: Record<string, unknown>[] }; keyring: Keyring; signing: SigningKey }
export type KeyStore = (now: number) => Promise<Keys>

/** Private keys that this process has opened, by kid: a new seal on one, by another process, is none of its business. */
type OpenedKeys = Map<string, CryptoKey>

const openSigningKey = async (db: Db, secrets: Secrets, row: SigningKeyRow, opened: OpenedKeys): Promise<CryptoKey> => {
  if (row.alg === 'HS256') {
    const shared = secrets.shared.find(({ kid }) => kid === row.kid)
    if (!shared) throw otherSecret()
    return shared.key
  }
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

const openKeys = async (db: Db, secrets: Secrets, rows: SigningKeyRow[], opened: OpenedKeys): Promise<Keys | null> => {
  const active = rows.find(({ state }) => state === 'active')
  if (!active) return null
  // An HS256 key is in the keyring while it lives, and never in the set that we publish.
  const derived = new Set(rows.filter(({ alg }) => alg === 'HS256').map(({ kid }) => kid))
  const jwks = { keys: rows.filter(({ alg }) => alg !== 'HS256').map(({ publicJwk }) => publicJwk) }
  const keyring = await importKeyring(jwks, keyringOf(secrets.shared.filter(({ kid }) => derived.has(kid))))
  const key = await openSigningKey(db, secrets, active, opened)
  if (!keyring) throw new Error('The stored signing keys cannot be used')
  return { jwks, keyring, signing: { kid: active.kid, alg: active.alg, key } }
}

const takeStep = async (db: Db, secrets: Secrets, step: KeyStep, policy: KeyPolicy, now: number): Promise<void> => {
  if (step.do === 'make') await storeKey(db, await makeKey(policy.alg, step.state, secrets, now))
  else if (step.do === 'activate') await activateKey(db, step.kid, step.from, step.goneAt, now)
  else if (step.do === 'retire') await retireKey(db, step.kid, now)
  else await dropKey(db, step.kid)
  log().info({ event: 'signing_key', ...step }, 'audit')
}

/** More steps than one load can have to take; should the rows not follow, the next load goes on. */
const mostSteps = 8

/** Before JWT_ALG and KEY_ROTATION there was this. */
const defaultRules: KeyRules = { alg: 'ES256', rotation: 30 * 86_400_000, accessTtl: 300 }

/** @returns a function that gives the keys, read from the database at most every ten seconds */
export const openKeyStore = (db: Db, secrets: Secrets, rules: KeyRules = defaultRules): KeyStore => {
  const opened: OpenedKeys = new Map()
  const sharedKid = secrets.shared[0]?.kid ?? ''
  let openedAt: number | undefined
  let known: { keys: Promise<Keys>; at: number } | undefined

  const load = async (now: number): Promise<Keys> => {
    openedAt ??= now
    const policy = { ...rules, sharedKid, openedAt }
    for (let steps = 0; ; steps++) {
      const rows = await listLiveKeys(db)
      // Before any step: whoever cannot open the key that signs has no business making others.
      const keys = await openKeys(db, secrets, rows, opened)
      const step = decideKeyStep(rows, policy, now)
      if (keys && (step === null || steps === mostSteps)) return keys
      if (step === null || steps === mostSteps) throw new Error('No signing key is active')
      try {
        await takeStep(db, secrets, step, policy, now)
      } catch (error) {
        // A rotation can wait for a disk that is full; a signature can't.
        if (!keys) throw error
        log().warn({ err: error }, 'a step of the signing keys was put off')
        return keys
      }
    }
  }
  return (now) => {
    if (known && Math.abs(now - known.at) < storeFreshness) return known.keys
    const keys = load(now)
    known = { keys, at: now }
    // A failure is not remembered: the next caller tries again.
    keys.catch(() => {
      known = undefined
    })
    return keys
  }
}
