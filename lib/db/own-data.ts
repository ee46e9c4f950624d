// Everything that is kept about one user, column by column: what is not listed here is not given out. Secrets, their hashes
// and the ids by which sessions are known are left out.
import { asc, eq } from 'drizzle-orm'
import type { Db } from './client'
import { countRecoveryCodes } from './recovery-codes'
import { read } from './steady'
import { findTotp } from './totp'
import { findPasswordHash, findUser } from './users'

/** The columns of each table that are given out. A test walks the schema, so that a new table is decided on. */
const columnsOf = (t: Db['t']) => ({
  sessions: {
    name: t.sessions.name,
    ip: t.sessions.ip,
    userAgent: t.sessions.userAgent,
    amr: t.sessions.amr,
    remember: t.sessions.remember,
    createdAt: t.sessions.createdAt,
    lastSeenAt: t.sessions.lastSeenAt,
    expiresAt: t.sessions.expiresAt,
    endedAt: t.sessions.endedAt,
    endedReason: t.sessions.endedReason,
  },
  devices: { createdAt: t.devices.createdAt, lastSeenAt: t.devices.lastSeenAt },
  personalTokens: {
    name: t.personalTokens.name,
    audience: t.personalTokens.audience,
    createdAt: t.personalTokens.createdAt,
    expiresAt: t.personalTokens.expiresAt,
    lastUsedAt: t.personalTokens.lastUsedAt,
    revokedAt: t.personalTokens.revokedAt,
  },
  passkeys: {
    name: t.passkeys.name,
    backedUp: t.passkeys.backedUp,
    createdAt: t.passkeys.createdAt,
    lastUsedAt: t.passkeys.lastUsedAt,
  },
  connectedAccounts: {
    provider: t.connectedAccounts.provider,
    email: t.connectedAccounts.email,
    createdAt: t.connectedAccounts.createdAt,
    lastUsedAt: t.connectedAccounts.lastUsedAt,
  },
  auditEvents: {
    at: t.auditEvents.at,
    event: t.auditEvents.event,
    ip: t.auditEvents.ip,
    userAgent: t.auditEvents.userAgent,
  },
})

export const exportedTables = [
  'sessions',
  'devices',
  'personalTokens',
  'passkeys',
  'connectedAccounts',
  'auditEvents',
] as const

/** Tables with rows of users that are told of in other words, or of which there is nothing to tell. */
export const toldOtherwise: Readonly<Record<string, string>> = {
  credentials: 'whether there is a password',
  totp: 'whether there is an authenticator app, and since when',
  recoveryCodes: 'how many are left',
  userEpochs: 'each is an event',
  mailedTokens: 'codes and links on their way, by their hashes',
  departures: 'an account that is deleted has nobody who could ask',
}

export const readOwnData = async (db: Db, userId: string) => {
  const { q, t } = db
  const columns = columnsOf(t)
  const user = await findUser(db, userId)
  const totp = await findTotp(db, userId)
  return {
    user: user && {
      id: user.id,
      email: user.email,
      name: user.name,
      roles: user.roles,
      createdAt: user.createdAt,
    },
    password: (await findPasswordHash(db, userId)) !== null,
    authenticatorSince: totp?.confirmedAt ?? null,
    recoveryCodesLeft: await countRecoveryCodes(db, userId),
    sessions: await read(() =>
      q
        .select(columns.sessions)
        .from(t.sessions)
        .where(eq(t.sessions.userId, userId))
        .orderBy(asc(t.sessions.createdAt)),
    ),
    devices: await read(() => q.select(columns.devices).from(t.devices).where(eq(t.devices.userId, userId))),
    personalTokens: await read(() =>
      q.select(columns.personalTokens).from(t.personalTokens).where(eq(t.personalTokens.userId, userId)),
    ),
    passkeys: await read(() => q.select(columns.passkeys).from(t.passkeys).where(eq(t.passkeys.userId, userId))),
    connectedAccounts: await read(() =>
      q.select(columns.connectedAccounts).from(t.connectedAccounts).where(eq(t.connectedAccounts.userId, userId)),
    ),
    auditEvents: await read(() =>
      q
        .select(columns.auditEvents)
        .from(t.auditEvents)
        .where(eq(t.auditEvents.userId, userId))
        .orderBy(asc(t.auditEvents.at)),
    ),
  }
}
