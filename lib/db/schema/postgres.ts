// The same tables on Postgres; rows.test.ts compares them with sqlite.ts, which says what the columns are for.
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { Algorithm } from '../../core/algorithms'
import type { MailedPurpose } from '../../core/mailed-purposes'

/** Compared byte by byte as on SQLite, whatever the database's own collation: cursors and orders go by ids. */
const text = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' })
/** Milliseconds since 1970. */
const time = (name?: string) => (name === undefined ? bigint({ mode: 'number' }) : bigint(name, { mode: 'number' }))

export const users = pgTable(
  'users',
  {
    id: text().primaryKey(),
    email: text().notNull(),
    name: text().notNull(),
    roles: jsonb().$type<string[]>().notNull(),
    epoch: integer().notNull().default(0),
    demo: boolean().notNull().default(false),
    createdAt: time('created_at').notNull(),
    disabledAt: time('disabled_at'),
  },
  (table) => [uniqueIndex('users_email').on(table.email)],
)

export const credentials = pgTable(
  'credentials',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text().$type<'password'>().notNull(),
    secret: text().notNull(),
    createdAt: time('created_at').notNull(),
    changedAt: time('changed_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.kind] })],
)

export const sessions = pgTable(
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
    rotatedAt: time('rotated_at').notNull(),
    epoch: integer().notNull(),
    remember: boolean().notNull(),
    createdAt: time('created_at').notNull(),
    lastSeenAt: time('last_seen_at').notNull(),
    authTime: time('auth_time').notNull(),
    amr: jsonb().$type<string[]>().notNull(),
    idleExpiresAt: time('idle_expires_at').notNull(),
    expiresAt: time('expires_at').notNull(),
    endedAt: time('ended_at'),
    endedReason: text('ended_reason'),
    ip: text().notNull(),
    userAgent: text('user_agent').notNull(),
    name: text(),
    disownHash: text('disown_hash'),
  },
  (table) => [
    index('sessions_user').on(table.userId, table.lastSeenAt),
    uniqueIndex('sessions_disown').on(table.disownHash),
    index('sessions_expiry').on(table.expiresAt),
    index('sessions_ended').on(table.endedAt),
  ],
)

export const userEpochs = pgTable(
  'user_epochs',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    epoch: integer().notNull(),
    at: time().notNull(),
    reason: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.epoch] }), index('user_epochs_at').on(table.at)],
)

export const rotations = pgTable(
  'rotations',
  {
    sid: text()
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    generation: integer().notNull(),
    parent: integer().notNull(),
    at: time().notNull(),
    repeats: integer().notNull().default(0),
    losses: integer().notNull().default(0),
    reusedAt: time('reused_at'),
  },
  (table) => [primaryKey({ columns: [table.sid, table.generation] }), index('rotations_at').on(table.at)],
)

export const devices = pgTable(
  'devices',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    idHash: text('id_hash').notNull(),
    createdAt: time('created_at').notNull(),
    lastSeenAt: time('last_seen_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.idHash] }), index('devices_seen').on(table.lastSeenAt)],
)

export const revocationState = pgTable('revocation_state', {
  id: integer().primaryKey(),
  sequence: integer().notNull(),
  notBefore: time('not_before').notNull(),
})

export const mailedTokens = pgTable(
  'mailed_tokens',
  {
    id: text().primaryKey(),
    purpose: text().$type<MailedPurpose>().notNull(),
    email: text().notNull(),
    userId: text('user_id').notNull().default(''),
    tokenHash: text('token_hash').notNull(),
    codeHash: text('code_hash').notNull(),
    name: text().notNull(),
    passwordHash: text('password_hash'),
    createdAt: time('created_at').notNull(),
    expiresAt: time('expires_at').notNull(),
  },
  (table) => [
    uniqueIndex('mailed_tokens_address').on(table.purpose, table.email, table.userId),
    uniqueIndex('mailed_tokens_token').on(table.tokenHash),
    index('mailed_tokens_expiry').on(table.expiresAt),
  ],
)

export const personalTokens = pgTable(
  'personal_tokens',
  {
    id: text().primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    audience: text().notNull(),
    tokenHash: text('token_hash').notNull(),
    createdAt: time('created_at').notNull(),
    expiresAt: time('expires_at').notNull(),
    lastUsedAt: time('last_used_at'),
    revokedAt: time('revoked_at'),
  },
  (table) => [
    index('personal_tokens_user').on(table.userId, table.createdAt),
    uniqueIndex('personal_tokens_token').on(table.tokenHash),
    index('personal_tokens_expiry').on(table.expiresAt),
    index('personal_tokens_revoked').on(table.revokedAt),
  ],
)

export const signingKeys = pgTable(
  'signing_keys',
  {
    kid: text().primaryKey(),
    alg: text().$type<Algorithm>().notNull(),
    state: text().$type<'next' | 'active' | 'retiring' | 'retired'>().notNull(),
    publicJwk: jsonb('public_jwk').$type<Record<string, unknown>>().notNull(),
    sealedPrivateJwk: text('sealed_private_jwk').notNull(),
    createdAt: time('created_at').notNull(),
    activatedAt: time('activated_at'),
    retiredAt: time('retired_at'),
  },
  // Two processes that start at once may each make a key: only one of them can become the active one.
  (table) => [uniqueIndex('signing_keys_active').on(table.state).where(sql`${table.state} = 'active'`)],
)

export const auditEvents = pgTable(
  'audit_events',
  {
    id: text().primaryKey(),
    at: time().notNull(),
    event: text().notNull(),
    userId: text('user_id'),
    sid: text(),
    ip: text().notNull(),
    userAgent: text('user_agent').notNull(),
    detail: jsonb().$type<Record<string, string>>(),
  },
  (table) => [index('audit_events_user').on(table.userId, table.at), index('audit_events_at').on(table.at)],
)

export const limits = pgTable('limits', {
  key: text().primaryKey(),
  points: integer().notNull().default(0),
  expire: time(),
})

export const totp = pgTable('totp', {
  userId: text('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  sealedSecret: text('sealed_secret').notNull(),
  createdAt: time('created_at').notNull(),
  confirmedAt: time('confirmed_at'),
  lastStep: integer('last_step').notNull().default(0),
  failures: integer().notNull().default(0),
})

export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    codeHash: text('code_hash').notNull(),
    createdAt: time('created_at').notNull(),
    usedAt: time('used_at'),
  },
  (table) => [primaryKey({ columns: [table.userId, table.codeHash] })],
)

export const passkeys = pgTable(
  'passkeys',
  {
    id: text().primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    publicKey: text('public_key').notNull(),
    counter: time().notNull(),
    transports: jsonb().$type<string[]>().notNull(),
    name: text().notNull(),
    backedUp: boolean('backed_up').notNull(),
    createdAt: time('created_at').notNull(),
    lastUsedAt: time('last_used_at'),
  },
  (table) => [index('passkeys_user').on(table.userId, table.createdAt)],
)

export const connectedAccounts = pgTable(
  'connected_accounts',
  {
    provider: text().notNull(),
    subject: text().notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    email: text().notNull(),
    createdAt: time('created_at').notNull(),
    lastUsedAt: time('last_used_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.provider, table.subject] }),
    uniqueIndex('connected_accounts_user').on(table.userId, table.provider),
  ],
)

export const outbox = pgTable(
  'outbox',
  {
    id: text().primaryKey(),
    sealed: text().notNull(),
    attempts: integer().notNull().default(0),
    createdAt: time('created_at').notNull(),
    dueAt: time('due_at').notNull(),
  },
  (table) => [index('outbox_due').on(table.dueAt)],
)

export const departures = pgTable(
  'departures',
  {
    userId: text('user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    email: text().notNull(),
    tokenHash: text('token_hash').notNull(),
    createdAt: time('created_at').notNull(),
    deleteAt: time('delete_at').notNull(),
  },
  (table) => [uniqueIndex('departures_token').on(table.tokenHash), index('departures_due').on(table.deleteAt)],
)

export const signInFailures = pgTable(
  'sign_in_failures',
  {
    key: text().primaryKey(),
    failures: integer().notNull(),
    waitUntil: time('wait_until').notNull(),
    lastAt: time('last_at').notNull(),
  },
  (table) => [index('sign_in_failures_last').on(table.lastAt)],
)
