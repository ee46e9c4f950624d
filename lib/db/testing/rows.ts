// Rows as the use cases make them, for tests that are about the tables alone.
import type { MailedToken } from '../mailed-tokens'
import type { PersonalToken } from '../personal-tokens'
import type { Session } from '../sessions'
import type { NewUser } from '../users'

/** Milliseconds since 1970, a whole second. */
export const start = 1_800_000_000_000

const idOf = (number: number) => `01890a5d-ac96-774b-bcce-${String(number).padStart(12, '0')}`
const sidOf = (number: number) => `s${String(number).padStart(21, '0')}`

export const userRow = (number: number, changes: Partial<NewUser> = {}): NewUser => ({
  id: idOf(number),
  email: `person${number}@example.com`,
  name: `Person ${number}`,
  roles: ['user'],
  demo: false,
  createdAt: start,
  ...changes,
})

/** A session of user `number` with the same number. */
export const sessionRow = (number: number, changes: Partial<Session> = {}): Session => ({
  id: sidOf(number),
  userId: idOf(number),
  salt: 'c2FsdHNhbHRzYWx0c2FsdA',
  generation: 1,
  parent: 0,
  confirmed: 0,
  rotatedAt: 0,
  epoch: 0,
  remember: false,
  createdAt: start,
  lastSeenAt: start,
  authTime: start,
  amr: ['pwd'],
  idleExpiresAt: start + 3_600_000,
  expiresAt: start + 86_400_000,
  ip: '192.0.2.1',
  userAgent: 'Test',
  endedAt: null,
  endedReason: null,
  name: null,
  disownHash: null,
  ...changes,
})

export const tokenRow = (number: number, changes: Partial<MailedToken> = {}): MailedToken => ({
  id: idOf(number),
  purpose: 'verify_email',
  email: `person${number}@example.com`,
  userId: '',
  tokenHash: `token hash ${number}`,
  codeHash: `code hash ${number}`,
  name: `Person ${number}`,
  passwordHash: '$argon2id$…',
  createdAt: start,
  expiresAt: start + 1_800_000,
  ...changes,
})

/** A personal access token of user `user`. */
export const personalTokenRow = (
  number: number,
  user: number,
  changes: Partial<PersonalToken> = {},
): PersonalToken => ({
  id: sidOf(number),
  userId: idOf(user),
  name: `Script ${number}`,
  audience: 'https://billing.example',
  tokenHash: `hash of personal token ${number}`,
  createdAt: start,
  expiresAt: start + 86_400_000,
  lastUsedAt: null,
  revokedAt: null,
  ...changes,
})
