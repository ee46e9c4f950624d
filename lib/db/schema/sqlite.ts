// The tables on SQLite. Times are milliseconds since 1970; ids of rows that people may see are random or UUIDv7.
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { algorithms } from '../../core/algorithms'
import { mailedPurposes } from '../../core/mailed-purposes'

/** People with a proven address. A sign-up that is not yet verified is a mailed token, not a user. */
export const users = sqliteTable(
  'users',
  {
    id: text().primaryKey(),
    email: text().notNull(),
    name: text().notNull(),
    roles: text({ mode: 'json' }).$type<string[]>().notNull(),
    /** Raised to end all of this user's sessions with one write. */
    epoch: integer().notNull().default(0),
    demo: integer({ mode: 'boolean' }).notNull().default(false),
    createdAt: integer('created_at').notNull(),
    disabledAt: integer('disabled_at'),
  },
  (table) => [uniqueIndex('users_email').on(table.email)],
)

/** Ways to prove who one is; one password per user. */
export const credentials = sqliteTable(
  'credentials',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text({ enum: ['password'] }).notNull(),
    secret: text().notNull(),
    createdAt: integer('created_at').notNull(),
    changedAt: integer('changed_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.kind] })],
)

export const sessions = sqliteTable(
  'sessions',
  {
    id: text().primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    salt: text().notNull(),
    generation: integer().notNull(),
    parent: integer().notNull(),
    confirmed: integer().notNull(),
    rotatedAt: integer('rotated_at').notNull(),
    epoch: integer().notNull(),
    remember: integer({ mode: 'boolean' }).notNull(),
    createdAt: integer('created_at').notNull(),
    lastSeenAt: integer('last_seen_at').notNull(),
    authTime: integer('auth_time').notNull(),
    amr: text({ mode: 'json' }).$type<string[]>().notNull(),
    idleExpiresAt: integer('idle_expires_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    endedAt: integer('ended_at'),
    endedReason: text('ended_reason'),
    ip: text().notNull(),
    userAgent: text('user_agent').notNull(),
    name: text(),
    /** SHA-256 of the link by which its owner can end it from a mail: "this wasn't me". */
    disownHash: text('disown_hash'),
  },
  (table) => [
    index('sessions_user').on(table.userId, table.lastSeenAt),
    uniqueIndex('sessions_disown').on(table.disownHash),
    index('sessions_expiry').on(table.expiresAt),
    index('sessions_ended').on(table.endedAt),
  ],
)

/** Each time a user's epoch was raised: when, and why the sessions of the epoch before it ended. */
export const userEpochs = sqliteTable(
  'user_epochs',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The epoch that began; sessions of the one before ended. */
    epoch: integer().notNull(),
    at: integer().notNull(),
    reason: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.epoch] }), index('user_epochs_at').on(table.at)],
)

/** The family of a session: one row for each generation of its refresh token, for people to read. */
export const rotations = sqliteTable(
  'rotations',
  {
    sid: text()
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    generation: integer().notNull(),
    parent: integer().notNull(),
    at: integer().notNull(),
    /** How often it was handed out again within the grace: other tabs, prefetches. */
    repeats: integer().notNull().default(0),
    /** How often it was handed out again because its answer was never seen in use. */
    losses: integer().notNull().default(0),
    /** When it came back although its successor was in use: somebody else had a copy. */
    reusedAt: integer('reused_at'),
  },
  (table) => [primaryKey({ columns: [table.sid, table.generation] }), index('rotations_at').on(table.at)],
)

/** Browsers in which a user has signed in before, by the hash of a random cookie: a new one is told by mail. */
export const devices = sqliteTable(
  'devices',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    idHash: text('id_hash').notNull(),
    createdAt: integer('created_at').notNull(),
    lastSeenAt: integer('last_seen_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.idHash] }), index('devices_seen').on(table.lastSeenAt)],
)

/** One row: what the revocation snapshot needs beside the sessions and users themselves. */
export const revocationState = sqliteTable('revocation_state', {
  id: integer().primaryKey(),
  /** Grows with every end, so that an old snapshot can be told from a new one. */
  sequence: integer().notNull(),
  /** Tokens issued before this are refused; milliseconds, 0 for none. */
  notBefore: integer('not_before').notNull(),
})

/** Codes and links on their way by mail: hashed, one purpose, one use, one live row per address, account and purpose. */
export const mailedTokens = sqliteTable(
  'mailed_tokens',
  {
    id: text().primaryKey(),
    purpose: text({ enum: mailedPurposes }).notNull(),
    email: text().notNull(),
    /** Whose account it is about; '' for a sign-up, which has none yet. */
    userId: text('user_id').notNull().default(''),
    tokenHash: text('token_hash').notNull(),
    codeHash: text('code_hash').notNull(),
    /** What the sign-up asked for, kept until the address is proven. */
    name: text().notNull(),
    /** `null` once another sign-up of this address chose another password: then only a browser that brings its own. */
    passwordHash: text('password_hash'),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
  },
  (table) => [
    uniqueIndex('mailed_tokens_address').on(table.purpose, table.email, table.userId),
    uniqueIndex('mailed_tokens_token').on(table.tokenHash),
    index('mailed_tokens_expiry').on(table.expiresAt),
  ],
)

/** Secrets of scripts, by their hashes. The id is the `sid` of what they are exchanged for; it opens nothing. */
export const personalTokens = sqliteTable(
  'personal_tokens',
  {
    id: text().primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    /** The one audience that it may be exchanged for. */
    audience: text().notNull(),
    tokenHash: text('token_hash').notNull(),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    lastUsedAt: integer('last_used_at'),
    revokedAt: integer('revoked_at'),
  },
  (table) => [
    index('personal_tokens_user').on(table.userId, table.createdAt),
    uniqueIndex('personal_tokens_token').on(table.tokenHash),
    index('personal_tokens_expiry').on(table.expiresAt),
    index('personal_tokens_revoked').on(table.revokedAt),
  ],
)

/** Key pairs of access tokens. The private part is sealed with AUTH_SECRET. */
export const signingKeys = sqliteTable(
  'signing_keys',
  {
    kid: text().primaryKey(),
    alg: text({ enum: algorithms }).notNull(),
    state: text({ enum: ['next', 'active', 'retiring', 'retired'] }).notNull(),
    publicJwk: text('public_jwk', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    sealedPrivateJwk: text('sealed_private_jwk').notNull(),
    createdAt: integer('created_at').notNull(),
    activatedAt: integer('activated_at'),
    retiredAt: integer('retired_at'),
  },
  // Two processes that start at once may each make a key: only one of them can become the active one.
  (table) => [uniqueIndex('signing_keys_active').on(table.state).where(sql`${table.state} = 'active'`)],
)

export const auditEvents = sqliteTable(
  'audit_events',
  {
    id: text().primaryKey(),
    at: integer().notNull(),
    event: text().notNull(),
    userId: text('user_id'),
    sid: text(),
    ip: text().notNull(),
    userAgent: text('user_agent').notNull(),
    detail: text({ mode: 'json' }).$type<Record<string, string>>(),
  },
  (table) => [index('audit_events_user').on(table.userId, table.at), index('audit_events_at').on(table.at)],
)

/** Counters of rate-limiter-flexible; the library writes its own rows. */
export const limits = sqliteTable('limits', {
  key: text().primaryKey(),
  points: integer().notNull().default(0),
  expire: integer(),
})

/** The shared secret of an authenticator app (RFC 6238), sealed with AUTH_SECRET; it counts once it is confirmed. */
export const totp = sqliteTable('totp', {
  userId: text('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  sealedSecret: text('sealed_secret').notNull(),
  createdAt: integer('created_at').notNull(),
  confirmedAt: integer('confirmed_at'),
  /** The newest 30-second step whose code was used: none up to it works again. */
  lastStep: integer('last_step').notNull().default(0),
  /** Wrong codes in a row. */
  failures: integer().notNull().default(0),
})

/** Codes for who has lost the authenticator, by their hashes. */
export const recoveryCodes = sqliteTable(
  'recovery_codes',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    codeHash: text('code_hash').notNull(),
    createdAt: integer('created_at').notNull(),
    usedAt: integer('used_at'),
  },
  (table) => [primaryKey({ columns: [table.userId, table.codeHash] })],
)

/** Public keys of passkeys (WebAuthn). The id is the credential's own. */
export const passkeys = sqliteTable(
  'passkeys',
  {
    id: text().primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** COSE, base64url. */
    publicKey: text('public_key').notNull(),
    /** Of its signatures, as far as the authenticator counts. */
    counter: integer().notNull(),
    transports: text({ mode: 'json' }).$type<string[]>().notNull(),
    name: text().notNull(),
    backedUp: integer('backed_up', { mode: 'boolean' }).notNull(),
    createdAt: integer('created_at').notNull(),
    lastUsedAt: integer('last_used_at'),
  },
  (table) => [index('passkeys_user').on(table.userId, table.createdAt)],
)

/** Accounts at other providers by which somebody signs in: our name of the provider, and its own id of the person. */
export const connectedAccounts = sqliteTable(
  'connected_accounts',
  {
    provider: text().notNull(),
    subject: text().notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** As the provider last told it; for people to read. */
    email: text().notNull(),
    createdAt: integer('created_at').notNull(),
    lastUsedAt: integer('last_used_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.provider, table.subject] }),
    uniqueIndex('connected_accounts_user').on(table.userId, table.provider),
  ],
)

/** Mail that is not yet delivered, sealed: it holds codes and links. */
export const outbox = sqliteTable(
  'outbox',
  {
    id: text().primaryKey(),
    sealed: text().notNull(),
    attempts: integer().notNull().default(0),
    createdAt: integer('created_at').notNull(),
    /** When to try next. Whoever tries moves it ahead first, so that one mail has one sender. */
    dueAt: integer('due_at').notNull(),
  },
  (table) => [index('outbox_due').on(table.dueAt)],
)

/** Accounts that their owners have deleted, for as long as that can be undone. */
export const departures = sqliteTable(
  'departures',
  {
    userId: text('user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The address that the account had: it is free for others from now on. */
    email: text().notNull(),
    tokenHash: text('token_hash').notNull(),
    createdAt: integer('created_at').notNull(),
    deleteAt: integer('delete_at').notNull(),
  },
  (table) => [uniqueIndex('departures_token').on(table.tokenHash), index('departures_due').on(table.deleteAt)],
)

/** Wrong passwords in a row, by a hash of the address, known or not: each makes the next try wait longer. */
export const signInFailures = sqliteTable(
  'sign_in_failures',
  {
    key: text().primaryKey(),
    failures: integer().notNull(),
    /** No try counts before this moment. */
    waitUntil: integer('wait_until').notNull(),
    lastAt: integer('last_at').notNull(),
  },
  (table) => [index('sign_in_failures_last').on(table.lastAt)],
)
