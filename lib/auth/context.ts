// What every use case works with, opened once per process and handed in, so that a test can hand in its own.
import { randomBytes } from 'node:crypto'
import type { Expected } from '../core/claims'
import { type Remembered, rememberUpTo } from '../core/remembered'
import { deriveTokenSeals } from '../core/sealed-token'
import { addressOf, type Db, openDatabase } from '../db/client'
import { type Env, expectedOf, keyRulesOf, secretsOf } from '../env'
import type { Message } from '../mail/message'
import { openTransport } from '../mail/transport'
import { type BreachCheck, openBreachCheck } from './breached-password'
import { type Hashing, openHashing } from './hashing'
import { type KeyStore, openKeyStore } from './key-store'
import { type Limits, openLimits } from './limits'
import { type Outbox, openOutbox } from './outbox'
import { openSnapshots } from './revocations'
import { deriveSecrets, type Secrets } from './secrets'
import { type Spraying, watchSpraying } from './spraying'

export type Context = {
  db: Db
  env: Env
  secrets: Secrets
  keys: KeyStore
  hashing: Hashing
  /** Whether a password is in a list of stolen ones. */
  isBreached: BreachCheck
  limits: Limits
  spraying: Spraying
  /** Mail goes out beside the answer, at least once; lib/auth/outbox.ts says what may lose it. */
  post: (message: Message) => Promise<void>
  outbox: Outbox
  snapshots: ReturnType<typeof openSnapshots>
  expected: Expected
  remembered: Remembered
  /** Random base64url text of this many bytes. */
  random: (bytes: number) => string
}

/** Where a request comes from, as far as we believe it. */
export type Client = {
  ip: string /** What limits count by: the address, or an IPv6 /64. */
  network: string
  userAgent: string
  /** A random id that this browser keeps: it tells a new one from a known one and opens nothing. */
  device: string | null
}

export const openContext = async (env: Env): Promise<Context> => {
  const secrets = await deriveSecrets(env.AUTH_SECRET, env.AUTH_SECRET_PREVIOUS)
  const unsealWith = env.TOKEN_ENCRYPTION === 'on' ? await deriveTokenSeals(secretsOf(env)) : undefined
  const db = openDatabase(addressOf(env))
  const deliver = openTransport(env.MAIL_URL, env.MAIL_FROM, env.DATA_DIR)
  const outbox = openOutbox({ db, secrets, deliver })
  return {
    db,
    env,
    secrets,
    keys: openKeyStore(db, secrets, keyRulesOf(env)),
    hashing: openHashing(env.UV_THREADPOOL_SIZE),
    isBreached: openBreachCheck(env.PASSWORD_BREACH_CHECK),
    limits: openLimits(db),
    spraying: watchSpraying(),
    post: outbox.post,
    outbox,
    snapshots: openSnapshots(),
    expected: { ...expectedOf(env), ...(unsealWith && { unsealWith }) },
    remembered: rememberUpTo(10_000),
    random: (bytes) => randomBytes(bytes).toString('base64url'),
  }
}
